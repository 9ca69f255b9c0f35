#include "store/refusal_queue.h"

#include <chrono>
#include <limits>
#include <utility>

namespace hotline::store {

void RefusalQueue::push(const cdr::Record& record) {
  if (single_.size() < most_single_) {
    single_.push_back(record);
    return;
  }
  const auto second = std::chrono::floor<Seconds>(record.received).time_since_epoch().count();
  Key key{second, record.trunk, record.hotline, record.release.cause};
  if (merged_.size() >= most_merged_ && !merged_.contains(key)) {
    key.second = std::numeric_limits<std::int64_t>::max();  // the last to be taken
    key.hotline.clear();
  }
  const auto [place, is_first] = merged_.try_emplace(key, record);
  if (is_first) {
    place->second.hotline = key.hotline;
  } else {
    place->second.calls += record.calls;
  }
}

void RefusalQueue::take(std::size_t most, std::vector<cdr::Record>& taken) {
  for (; most > 0 && !single_.empty(); --most) {
    taken.push_back(std::move(single_.front()));
    single_.pop_front();
  }
  for (; most > 0 && !merged_.empty(); --most) {
    taken.push_back(std::move(merged_.begin()->second));
    merged_.erase(merged_.begin());
  }
}

}  // namespace hotline::store
