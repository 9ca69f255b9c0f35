#include "hotline/call/lines.h"

#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/base/lasting.h"

namespace hotline::call {

std::uint32_t Lines::count(const Use& use, Instant now) {
  const auto resting = std::count_if(use.resting.begin(), use.resting.end(),
                                     [now](Instant until) { return now < until; });
  return use.taken + static_cast<std::uint32_t>(resting);
}

bool Lines::take(LegId leg, const std::string& line_key, std::uint32_t lines, Instant now) {
  const Lasting lasting;
  Use& use = used_[line_key];
  std::erase_if(use.resting, [now](Instant until) { return until <= now; });
  if (count(use, now) >= lines) {
    if (use.taken == 0 && use.resting.empty()) used_.erase(line_key);
    return false;
  }
  hold(leg, line_key);
  return true;
}

void Lines::hold(LegId leg, const std::string& line_key) {
  const Lasting lasting;
  ++used_[line_key].taken;
  HOTLINE_EXPECT(held_.emplace(leg, line_key).second);
}

void Lines::free(LegId leg) {
  const auto held = held_.find(leg);
  if (held == held_.end()) return;
  const auto used = used_.find(held->second);
  HOTLINE_EXPECT(used != used_.end() && used->second.taken > 0);
  --used->second.taken;
  if (used->second.taken == 0 && used->second.resting.empty()) used_.erase(used);
  held_.erase(held);
}

void Lines::rest(const std::string& line_key, Instant until) {
  const Lasting lasting;
  used_[line_key].resting.push_back(until);
}

std::uint32_t Lines::in_use(const std::string& line_key, Instant now) const {
  const auto used = used_.find(line_key);
  return used == used_.end() ? 0 : count(used->second, now);
}

}  // namespace hotline::call
