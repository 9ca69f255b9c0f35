#include "media/play_wheel.h"

#include <algorithm>

namespace hotline::media {
namespace {

constexpr Microseconds kFrameTime{20'000};

}  // namespace

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
  const auto slots = static_cast<std::int64_t>(kSlots);
  const std::int64_t now_slot = now.time_since_epoch() / (kFrameTime / slots);
  for (std::int64_t n = std::max(last_slot_ + 1, now_slot - slots + 1); n <= now_slot; ++n) {
    const auto& slot = slots_[static_cast<std::size_t>(n % slots)];
    due.insert(due.end(), slot.begin(), slot.end());
  }
  last_slot_ = std::max(last_slot_, now_slot);
}

}  // namespace hotline::media
