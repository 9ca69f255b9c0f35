#include "hotline/call/trunk_load.h"

#include "hotline/base/contract.h"
#include "hotline/base/lasting.h"

namespace hotline::call {
namespace {

constexpr Seconds kSecond{1};

}  // namespace

bool TrunkLoad::take(LegId leg, const routing::Trunk& trunk, Instant now) {
  Load& load = loads_[trunk.name];
  if (trunk.max_calls > 0 && load.calls >= trunk.max_calls) return false;
  while (!load.begun.empty() &&
         (trunk.max_calls_per_s == 0 || now - load.begun.front() >= kSecond)) {
    load.begun.pop_front();
  }
  if (trunk.max_calls_per_s > 0) {
    if (load.begun.size() >= trunk.max_calls_per_s) return false;
    load.begun.push_back(now);
  }
  hold(leg, trunk.name);
  return true;
}

void TrunkLoad::hold(LegId leg, const std::string& trunk) {
  Load& load = loads_[trunk];
  ++load.calls;
  const Lasting lasting;
  HOTLINE_EXPECT(held_.emplace(leg, &load).second);
}

void TrunkLoad::free(LegId leg) {
  const auto held = held_.find(leg);
  if (held == held_.end()) return;
  HOTLINE_EXPECT(held->second->calls > 0);
  --held->second->calls;
  held_.erase(held);
}

std::uint32_t TrunkLoad::calls(const std::string& trunk) const {
  const auto load = loads_.find(trunk);
  return load == loads_.end() ? 0 : load->second.calls;
}

}  // namespace hotline::call
