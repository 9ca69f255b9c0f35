#include "hotline/call/lines.h"

#include "hotline/base/contract.h"
#include "hotline/base/lasting.h"

namespace hotline::call {

bool Lines::take(LegId leg, const std::string& line_key, std::uint32_t lines) {
  const Lasting lasting;
  std::uint32_t& used = used_[line_key];
  if (used >= lines) {
    if (used == 0) used_.erase(line_key);
    return false;
  }
  ++used;
  HOTLINE_EXPECT(held_.emplace(leg, line_key).second);
  return true;
}

void Lines::free(LegId leg) {
  const auto held = held_.find(leg);
  if (held == held_.end()) return;
  const auto used = used_.find(held->second);
  HOTLINE_EXPECT(used != used_.end() && used->second > 0);
  if (--used->second == 0) used_.erase(used);
  held_.erase(held);
}

std::uint32_t Lines::in_use(const std::string& line_key) const {
  const auto used = used_.find(line_key);
  return used == used_.end() ? 0 : used->second;
}

}  // namespace hotline::call
