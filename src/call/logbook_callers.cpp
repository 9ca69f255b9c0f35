// Who called before, who calls now, and who is refused for a while.
#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/call/logbook.h"

#include "call/note_values.h"

namespace hotline::call {
namespace {

constexpr std::size_t kMostBlocks = 100'000;

std::string key_of(const routing::Hotline& hotline, std::string_view caller) {
  std::string key = hotline.number;
  key += ' ';
  key += caller;
  return key;
}

}  // namespace

std::optional<routing::LastCall> Logbook::last_call(const routing::Hotline& hotline,
                                                    std::string_view caller) const {
  if (caller.empty()) return std::nullopt;
  const routing::LastCall* last = callers_.find(key_of(hotline, caller));
  return last == nullptr ? std::nullopt : std::optional(*last);
}

// A call nobody answers does not make us forget who answered the one before.
void Logbook::called(const routing::Hotline& hotline, const std::string& caller,
                     routing::LastCall call) {
  if (!hotline.remembers_callers || caller.empty()) return;
  const std::string key = key_of(hotline, caller);
  routing::LastCall& last = callers_.write(key);
  last.at = call.at;
  if (!call.answered_by.empty()) last.answered_by = std::move(call.answered_by);
  keep_({KeepNote::Kind::caller, key,
         note_value({last.at.time_since_epoch().count()}, last.answered_by),
         last.at + kCallersKept});
}

bool Logbook::count(const routing::Guard& guard, const std::string& caller, Now now) {
  if (caller.empty()) return false;
  std::deque<Instant>& calls = counted_.write(caller);
  while (!calls.empty() && now.mono - calls.front() >= guard.within) calls.pop_front();
  calls.push_back(now.mono);
  if (calls.size() <= guard.calls) return false;
  calls.clear();
  if (block_of(caller, now.wall)) return false;
  block(caller, {now.wall, now.wall + guard.block,
                 "more than " + std::to_string(guard.calls) + " calls in " +
                     std::to_string(guard.within.count()) + " s"});
  return true;
}

std::optional<Block> Logbook::block_of(std::string_view caller, WallTime now) const {
  if (blocks_.empty() || caller.empty()) return std::nullopt;
  const auto found = blocks_.find(caller);
  if (found == blocks_.end() || found->second.until <= now) return std::nullopt;
  return found->second;
}

// Early versions did not keep whose block it is.
void Logbook::restore_block(const KeepNote& note) {
  auto read = read_note_value(note.value, 2);
  if (!read || read->numbers[1] > 1) read = read_note_value(note.value, 1);
  if (!read) return;
  const WallTime since{Milliseconds(read->numbers[0])};
  const bool by_hand = read->numbers.size() > 1 && read->numbers[1] == 1;
  blocks_[note.key] = {since, note.until, read->text, by_hand};
}

// Of too many, the one that would end first gives way.
void Logbook::block(const std::string& caller, Block block) {
  if (blocks_.size() >= kMostBlocks && blocks_.find(caller) == blocks_.end()) {
    const auto first = std::min_element(
        blocks_.begin(), blocks_.end(),
        [](const auto& a, const auto& b) { return a.second.until < b.second.until; });
    keep_({KeepNote::Kind::block, first->first, {}, {}});
    blocks_.erase(first);
  }
  keep_({KeepNote::Kind::block, caller,
         note_value({block.since.time_since_epoch().count(), block.by_hand ? 1 : 0}, block.why),
         block.until});
  blocks_[caller] = std::move(block);
}

bool Logbook::lift(const std::string& caller, WallTime now) {
  const auto found = blocks_.find(caller);
  if (found == blocks_.end()) return false;
  const bool was_blocked = now < found->second.until;
  blocks_.erase(found);
  counted_.erase(caller);
  keep_({KeepNote::Kind::block, caller, {}, {}});
  return was_blocked;
}

void Logbook::each_block(WallTime now,
                         const std::function<void(const std::string&, const Block&)>& visit) const {
  for (const auto& [caller, block] : blocks_) {
    if (now < block.until) visit(caller, block);
  }
}

std::uint32_t Logbook::live_calls(std::string_view caller) const {
  const auto found = live_.find(caller);
  return found == live_.end() ? 0 : found->second;
}

void Logbook::call_began(const std::string& caller) {
  if (!caller.empty()) ++live_[caller];
}

void Logbook::call_ended(const std::string& caller) {
  if (caller.empty()) return;
  const auto found = live_.find(caller);
  HOTLINE_EXPECT(found != live_.end() && found->second > 0);
  if (--found->second == 0) live_.erase(found);
}

}  // namespace hotline::call
