// What phones have done, and which of them are paused.
#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/call/logbook.h"

#include "call/note_values.h"

namespace hotline::call {
namespace {

std::int64_t ms(WallTime when) { return when.time_since_epoch().count(); }
WallTime at(std::int64_t ms) { return WallTime(Milliseconds(ms)); }

std::int64_t day_number(WallTime when) { return day_of(when).time_since_epoch().count(); }

constexpr std::size_t kNumbers = 7;

// Did the attempt fail for a reason that lies with the phone? A phone whose lines are all in use
// has not even been asked, and one that was cancelled had no time to answer.
bool is_failure(cdr::AttemptResult result) {
  switch (result) {
    case cdr::AttemptResult::no_answer:
    case cdr::AttemptResult::declined:
    case cdr::AttemptResult::not_accepted:
    case cdr::AttemptResult::silent:
    case cdr::AttemptResult::failed:
      return true;
    case cdr::AttemptResult::answered:
    case cdr::AttemptResult::busy:
    case cdr::AttemptResult::at_capacity:
    case cdr::AttemptResult::cancelled:
      return false;
  }
  HOTLINE_EXPECT(false);
  return false;
}

}  // namespace

void Logbook::keep_phone(const std::string& line_key, const PhoneLog& log) {
  const Pause pause = log.pause.value_or(Pause{});
  const std::int64_t paused = log.pause ? (pause.automatic ? 2 : 1) : 0;
  keep_({KeepNote::Kind::phone, line_key,
         note_value({ms(log.history.last_answered), ms(log.history.last_ended), log.day,
                     log.history.answered_today, log.failed_in_row, paused, ms(pause.until)},
                    pause.why)});
}

void Logbook::restore_phone(const KeepNote& note) {
  const auto read = read_note_value(note.value, kNumbers);
  if (!read) return;
  const auto& numbers = read->numbers;
  PhoneLog log;
  log.history = {at(numbers[0]), at(numbers[1]), static_cast<std::uint32_t>(numbers[3])};
  log.day = numbers[2];
  log.failed_in_row = static_cast<std::uint32_t>(numbers[4]);
  if (numbers[5] != 0) log.pause = Pause{at(numbers[6]), numbers[5] == 2, read->text};
  if (log.pause) ++paused_;
  phones_[note.key] = std::move(log);
}

PhoneLog Logbook::phone(const std::string& line_key, WallTime now) const {
  const auto found = phones_.find(line_key);
  if (found == phones_.end()) return {};
  PhoneLog log = found->second;
  if (log.day != day_number(now)) log.history.answered_today = 0;
  if (log.pause && log.pause->until <= now) log.pause.reset();
  return log;
}

bool Logbook::is_paused(const std::string& line_key, WallTime now) const {
  if (paused_ == 0) return false;
  const auto found = phones_.find(line_key);
  return found != phones_.end() && found->second.pause && now < found->second.pause->until;
}

void Logbook::attempted(const routing::Phone& phone, cdr::AttemptResult result, WallTime now) {
  const bool answered = result == cdr::AttemptResult::answered;
  const bool failed = phone.pause_after > 0 && is_failure(result);
  if (!answered && !failed) return;
  if (answered && !phone.keeps_history && phone.pause_after == 0) return;
  PhoneLog& log = phones_[phone.line_key];
  if (answered) {
    const std::int64_t today = day_number(now);
    log.history.answered_today = log.day == today ? log.history.answered_today + 1 : 1;
    log.day = today;
    log.history.last_answered = now;
    log.failed_in_row = 0;
  } else if (++log.failed_in_row >= phone.pause_after) {
    if (!log.pause) ++paused_;
    log.pause = Pause{now + phone.pause_for, true,
                      std::to_string(log.failed_in_row) + " failed attempts in a row"};
    log.failed_in_row = 0;
  }
  keep_phone(phone.line_key, log);
}

void Logbook::talk_ended(const routing::Phone& phone, WallTime now) {
  if (!phone.keeps_history) return;
  PhoneLog& log = phones_[phone.line_key];
  log.history.last_ended = now;
  keep_phone(phone.line_key, log);
}

void Logbook::pause(const std::string& line_key, Pause pause) {
  PhoneLog& log = phones_[line_key];
  if (!log.pause) ++paused_;
  log.pause = std::move(pause);
  keep_phone(line_key, log);
}

bool Logbook::resume(const std::string& line_key, WallTime now) {
  const auto found = phones_.find(line_key);
  if (found == phones_.end() || !found->second.pause) return false;
  const bool was_paused = now < found->second.pause->until;
  found->second.pause.reset();
  found->second.failed_in_row = 0;
  --paused_;
  keep_phone(line_key, found->second);
  return was_paused;
}

}  // namespace hotline::call
