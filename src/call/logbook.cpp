// Notes brought back at a start, whose turn it is, and what the month has brought.
#include "hotline/call/logbook.h"

#include <utility>

#include "hotline/base/contract.h"

#include "call/note_values.h"

namespace hotline::call {
namespace {

WallTime at(std::int64_t ms) { return WallTime(Milliseconds(ms)); }

}  // namespace

std::string_view to_string(KeepNote::Kind kind) {
  switch (kind) {
    case KeepNote::Kind::turn:
      return "turn";
    case KeepNote::Kind::phone:
      return "phone";
    case KeepNote::Kind::caller:
      return "caller";
    case KeepNote::Kind::block:
      return "block";
    case KeepNote::Kind::place:
      return "place";
  }
  HOTLINE_EXPECT(false);
  return {};
}

void Logbook::restore(const KeepNote& note) {
  switch (note.kind) {
    case KeepNote::Kind::turn:
      if (const auto read = read_note_value(note.value, 1)) {
        turns_[note.key] = static_cast<std::uint64_t>(read->numbers[0]);
      }
      return;
    case KeepNote::Kind::phone:
      return restore_phone(note);
    case KeepNote::Kind::caller:
      if (const auto read = read_note_value(note.value, 1)) {
        callers_.write(note.key) = {at(read->numbers[0]), read->text};
      }
      return;
    case KeepNote::Kind::block:
      return restore_block(note);
    case KeepNote::Kind::place:
      return;  // signalling's
  }
}

void Logbook::restore(const MonthUsage& usage) {
  add(hotlines_[usage.hotline], usage.month, usage.calls, usage.spent);
  add(accounts_[usage.account], usage.month, usage.calls, usage.spent);
}

std::uint64_t Logbook::turn(const routing::Group& group) const {
  const auto found = turns_.find(group.key);
  return found == turns_.end() ? 0 : found->second;
}

void Logbook::took_turn(const routing::Group& group) {
  const std::uint64_t turn = ++turns_[group.key];
  keep_({KeepNote::Kind::turn, group.key, note_value({static_cast<std::int64_t>(turn)})});
}

// What belongs to a month that is over goes; what is live belongs to the one it ends in.
void Logbook::add(Spending& spending, Month month, std::uint64_t calls, Money spent) {
  if (month < spending.month) return;  // answered before midnight, ended after it
  if (month > spending.month) {
    spending.month = month;
    spending.answered = 0;
    spending.spent = Money();
  }
  spending.answered += calls;
  spending.spent += spent;
}

routing::Usage Logbook::usage(const ByName<Spending>& of, std::string_view name, WallTime now) {
  const auto found = of.find(name);
  if (found == of.end()) return {};
  const Spending& spending = found->second;
  routing::Usage usage{spending.live, spending.reserved};
  if (spending.month == month_of(now)) {
    usage.calls += spending.answered;
    usage.spent += spending.spent;
  }
  return usage;
}

routing::Usage Logbook::usage_of_hotline(const routing::Hotline& hotline, WallTime now) const {
  routing::Usage sum = usage(hotlines_, hotline.number, now);
  for (const std::string& alias : hotline.aliases) {
    const routing::Usage more = usage(hotlines_, alias, now);
    sum.calls += more.calls;
    sum.spent += more.spent;
  }
  return sum;
}

routing::Usage Logbook::usage_of_account(std::string_view account, WallTime now) const {
  return usage(accounts_, account, now);
}

bool Logbook::met_cap(const routing::Hotline& hotline, bool of_account, WallTime now) {
  Spending& spending = of_account ? accounts_[hotline.account] : hotlines_[hotline.number];
  return std::exchange(spending.cap_met, month_of(now)) != month_of(now);
}

void Logbook::admitted(const routing::Hotline& hotline, Money first_unit) {
  ++hotlines_[hotline.number].live;
  ++accounts_[hotline.account].live;
  reserved(hotline, first_unit);
}

void Logbook::reserved(const routing::Hotline& hotline, Money amount) {
  hotlines_[hotline.number].reserved += amount;
  accounts_[hotline.account].reserved += amount;
}

void Logbook::settled(const routing::Hotline& hotline, Money reserved, const cdr::Record& record) {
  for (Spending* spending : {&hotlines_[hotline.number], &accounts_[hotline.account]}) {
    HOTLINE_EXPECT(spending->live > 0);
    --spending->live;
    spending->reserved -= reserved;
  }
  if (!record.answered) return;
  const Month month = month_of(*record.answered);
  add(hotlines_[record.hotline], month, 1, record.charge);
  add(accounts_[record.account], month, 1, record.charge);
}

}  // namespace hotline::call
