// What the switchboard remembers between calls: whose turn it is, what phones have done and which
// are paused, who called before, who is barred, what the month has brought. Each change that has
// to outlive the process comes out as a KeepNote; a start brings the notes back. Bounded: of
// callers it forgets those it has not heard of longest. Call thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hotline/base/calendar.h"
#include "hotline/base/money.h"
#include "hotline/base/text_hash.h"
#include "hotline/call/action.h"
#include "hotline/call/generations.h"
#include "hotline/cdr/record.h"
#include "hotline/routing/facts.h"
#include "hotline/routing/hotline.h"
#include "hotline/routing/screening.h"

namespace hotline::call {

// How long a caller's last call is remembered; longer than any rule may ask for.
inline constexpr std::chrono::hours kCallersKept{31 * 24};

// What answered calls of a month have brought a hotline and its account, as the store knows it.
struct MonthUsage {
  Month month = 0;
  std::string hotline;
  std::string account;
  std::uint64_t calls = 0;
  Money spent;
};

struct Pause {
  WallTime until = WallTime::max();  // max: until it is resumed
  bool automatic = false;            // after failures, not by an operator
  std::string why;
};

struct PhoneLog {
  routing::PhoneHistory history;
  std::int64_t day = 0;             // that history.answered_today counts
  std::uint32_t failed_in_row = 0;  // attempts since the last answer
  std::optional<Pause> pause;
};

struct Block {
  WallTime since{};
  WallTime until{};
  std::string why;
  bool by_hand = false;  // by an operator; else by the guard
};

class Logbook {
 public:
  using Keep = std::function<void(KeepNote)>;

  // `keep` is told each note; called from inside the functions below.
  explicit Logbook(Keep keep) : keep_(std::move(keep)) {}

  // --- a start: what the last process kept. Notes that are not understood are left out.
  void restore(const KeepNote& note);
  void restore(const MonthUsage& usage);

  // --- turns
  std::uint64_t turn(const routing::Group& group) const;
  void took_turn(const routing::Group& group);

  // --- phones
  // What it did until now; pauses that are over are none.
  PhoneLog phone(const std::string& line_key, WallTime now) const;
  bool is_paused(const std::string& line_key, WallTime now) const;
  void attempted(const routing::Phone& phone, cdr::AttemptResult result, WallTime now);
  void talk_ended(const routing::Phone& phone, WallTime now);
  void pause(const std::string& line_key, Pause pause);
  // False: it was not paused.
  bool resume(const std::string& line_key, WallTime now);

  // --- callers
  std::optional<routing::LastCall> last_call(const routing::Hotline& hotline,
                                             std::string_view caller) const;
  void called(const routing::Hotline& hotline, const std::string& caller, routing::LastCall call);
  // Counts a call; blocks the caller who has more of them than the guard allows.
  // Returns: whether it has just been blocked.
  bool count(const routing::Guard& guard, const std::string& caller, Now now);
  std::optional<Block> block_of(std::string_view caller, WallTime now) const;
  void block(const std::string& caller, Block block);
  // False: it was not blocked.
  bool lift(const std::string& caller, WallTime now);
  void each_block(WallTime now,
                  const std::function<void(const std::string&, const Block&)>& visit) const;

  std::uint32_t live_calls(std::string_view caller) const;
  void call_began(const std::string& caller);
  void call_ended(const std::string& caller);

  // --- the month: money that live calls have reserved counts as spent, live calls as answered
  routing::Usage usage_of_hotline(const routing::Hotline& hotline, WallTime now) const;
  routing::Usage usage_of_account(std::string_view account, WallTime now) const;
  // A call has met that cap, the account's or the hotline's own. Returns: whether it is the first
  // one this month that we know of.
  bool met_cap(const routing::Hotline& hotline, bool of_account, WallTime now);
  void admitted(const routing::Hotline& hotline, Money first_unit);
  void reserved(const routing::Hotline& hotline, Money amount);
  // The call is over: what it had reserved is no longer, what it cost is spent.
  void settled(const routing::Hotline& hotline, Money reserved, const cdr::Record& record);

 private:
  template <class Value>
  using ByName = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

  struct Spending {
    Month month = 0;
    std::uint64_t answered = 0;  // in that month
    Money spent;
    std::uint64_t live = 0;
    Money reserved;
    Month cap_met = 0;  // the last month in which a call met its cap
  };

  static routing::Usage usage(const ByName<Spending>& of, std::string_view name, WallTime now);
  static void add(Spending& spending, Month month, std::uint64_t calls, Money spent);
  void restore_phone(const KeepNote& note);
  void restore_block(const KeepNote& note);
  void keep_phone(const std::string& line_key, const PhoneLog& log);

  Keep keep_;
  ByName<std::uint64_t> turns_;
  ByName<PhoneLog> phones_;
  std::size_t paused_ = 0;  // phones with a pause, over or not: mostly none
  Generations<routing::LastCall> callers_{500'000};
  Generations<std::deque<Instant>> counted_{50'000};
  std::map<std::string, Block, std::less<>> blocks_;
  ByName<std::uint32_t> live_;
  ByName<Spending> hotlines_;  // by each of its numbers
  ByName<Spending> accounts_;
};

}  // namespace hotline::call
