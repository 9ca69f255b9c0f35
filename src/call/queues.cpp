#include "hotline/call/queues.h"

#include <algorithm>

#include "hotline/base/contract.h"

namespace hotline::call {

bool Queues::join(const std::string& queue, CallRef call, bool goes_first, std::uint32_t most) {
  leave(call);
  const auto known = lines_.find(queue);
  if (known != lines_.end() && known->second.waiting.size() >= most) return false;
  std::vector<Waiting>& waiting = lines_[queue].waiting;
  auto place = waiting.end();
  if (goes_first) {
    place = std::find_if(waiting.begin(), waiting.end(),
                         [](const Waiting& one) { return !one.goes_first; });
  }
  waiting.insert(place, Waiting{call, goes_first});
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

std::uint32_t Queues::ahead(CallRef call) const {
  const auto where = where_.find(call);
  HOTLINE_EXPECT(where != where_.end());
  const std::vector<Waiting>& waiting = lines_.at(where->second).waiting;
  const auto place = std::find_if(waiting.begin(), waiting.end(),
                                  [&](const Waiting& one) { return one.call == call; });
  return static_cast<std::uint32_t>(place - waiting.begin());
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
