#include "media/play_wheel.h"

#include <algorithm>

namespace hotline::media {

void PlayWheel::add(Leg& leg) {
  const auto emptiest =
      std::min_element(slots_.begin(), slots_.end(),
                       [](const auto& a, const auto& b) { return a.size() < b.size(); });
  emptiest->push_back(&leg);
}

void PlayWheel::remove(const Leg& leg) {
  for (auto& slot : slots_) std::erase(slot, &leg);
}

void PlayWheel::collect(MediaTime now, std::vector<Leg*>& due) {
  const std::int64_t now_ms = std::chrono::floor<Milliseconds>(now.time_since_epoch()).count();
  const auto slots = static_cast<std::int64_t>(kSlots);
  for (std::int64_t ms = std::max(last_ms_ + 1, now_ms - slots + 1); ms <= now_ms; ++ms) {
    const auto& slot = slots_[static_cast<std::size_t>(ms % slots)];
    due.insert(due.end(), slot.begin(), slot.end());
  }
  last_ms_ = std::max(last_ms_, now_ms);
}

}  // namespace hotline::media
