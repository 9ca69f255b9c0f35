#include "hotline/call/queues.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "hotline/base/contract.h"

namespace hotline::call {
namespace {

// What was learned before that says nothing about now.
constexpr Milliseconds kPaceLasts = std::chrono::hours(1);
// A new sample counts so much: the pace follows the last handful of callers.
constexpr int kWeight = 4;

}  // namespace

bool Queues::join(const std::string& queue, CallRef call, bool goes_first, std::uint32_t most,
                  Instant now) {
  leave(call);
  const auto known = lines_.find(queue);
  if (known != lines_.end() && known->second.waiting.size() >= most) return false;
  Line& line = lines_[queue];
  std::vector<Waiting>& waiting = line.waiting;
  if (waiting.empty()) line.since = now;
  auto place = waiting.end();
  if (goes_first) {
    place = std::find_if(waiting.begin(), waiting.end(),
                         [](const Waiting& one) { return !one.goes_first; });
  }
  waiting.insert(place, Waiting{call, goes_first, false});
  where_.emplace(call, queue);
  return true;
}

void Queues::leave(CallRef call) {
  const auto where = where_.find(call);
  if (where == where_.end()) return;
  const auto line = lines_.find(where->second);
  std::vector<Waiting>& waiting = line->second.waiting;
  std::erase_if(waiting, [&](const Waiting& one) { return one.call == call; });
  if (waiting.empty()) lines_.erase(line);
  where_.erase(where);
}

// Who found a phone free says nothing about how long others wait for one.
void Queues::taken(CallRef call, Instant now) {
  Line& line = line_of(call);
  const auto one = std::find_if(line.waiting.begin(), line.waiting.end(),
                                [&](const Waiting& waiting) { return waiting.call == call; });
  const Milliseconds took = now - std::exchange(line.since, now);
  if (one->has_to_wait) {
    forget_old_paces(now);
    const auto [pace, is_new] = paces_.try_emplace(where_.at(call), Pace{took, now});
    if (!is_new) pace->second.apart += (took - pace->second.apart) / kWeight;
    pace->second.known_at = now;
  }
  leave(call);
}

Queues::Place Queues::place(CallRef call, Instant now) {
  std::vector<Waiting>& waiting = line_of(call).waiting;
  const auto one = std::find_if(waiting.begin(), waiting.end(),
                                [&](const Waiting& other) { return other.call == call; });
  one->has_to_wait = true;
  Place place{static_cast<std::uint32_t>(one - waiting.begin()), {}};
  const auto pace = paces_.find(where_.at(call));
  if (pace != paces_.end() && now - pace->second.known_at < kPaceLasts) {
    place.expected = pace->second.apart * (place.ahead + 1);
  }
  return place;
}

Queues::Line& Queues::line_of(CallRef call) {
  const auto where = where_.find(call);
  HOTLINE_EXPECT(where != where_.end());
  return lines_.at(where->second);
}

void Queues::forget_old_paces(Instant now) {
  std::erase_if(paces_, [&](const auto& pace) { return now - pace.second.known_at >= kPaceLasts; });
}

void Queues::rest(const std::string& queue, const std::string& line_key, Instant until) {
  const auto line = lines_.find(queue);
  if (line != lines_.end()) line->second.resting[line_key] = until;
}

bool Queues::rests(const std::string& queue, const std::string& line_key, Instant now) const {
  const auto line = lines_.find(queue);
  if (line == lines_.end()) return false;
  const auto resting = line->second.resting.find(line_key);
  return resting != line->second.resting.end() && now < resting->second;
}

std::vector<CallRef> Queues::all() const {
  std::vector<CallRef> calls;
  calls.reserve(where_.size());
  for (const auto& [queue, line] : lines_) {
    for (const Waiting& one : line.waiting) calls.push_back(one.call);
  }
  return calls;
}

std::map<std::string, std::uint32_t> Queues::lengths() const {
  std::map<std::string, std::uint32_t> lengths;
  for (const auto& [queue, line] : lines_) {
    lengths.emplace(queue, static_cast<std::uint32_t>(line.waiting.size()));
  }
  return lengths;
}

}  // namespace hotline::call
