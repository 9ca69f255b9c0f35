// What a decision may ask of the moment: states of phones, memories of callers, counters. The
// switchboard answers from what it knows now; an explanation or a rehearsal from what a record
// holds, or from what somebody assumes. Deciding itself remembers nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hotline/base/money.h"
#include "hotline/base/time.h"
#include "hotline/number/number.h"

namespace hotline::routing {

struct Group;
struct Hotline;
struct Phone;

// What a phone has done, for the strategies that are fair by it.
struct PhoneHistory {
  WallTime last_answered{};  // the epoch: never
  WallTime last_ended{};     // of its last answered call; the epoch: never
  std::uint32_t answered_today = 0;
  friend bool operator==(const PhoneHistory&, const PhoneHistory&) = default;
};

// A caller's last call to a hotline.
struct LastCall {
  WallTime at{};
  std::string answered_by;  // the phone, as name_at() has it; empty: nobody
  friend bool operator==(const LastCall&, const LastCall&) = default;
};

// Why a caller is refused for a while.
struct CallerBlock {
  WallTime until{};
  bool by_hand = false;  // by an operator; else by the guard
  std::string why{};     // the operator's words
  friend bool operator==(const CallerBlock&, const CallerBlock&) = default;
};

// What was called and spent this month (China's time), live calls included.
struct Usage {
  std::uint64_t calls = 0;  // answered
  Money spent;
  friend bool operator==(const Usage&, const Usage&) = default;
};

// How an account stands, from good to bad.
enum class AccountState : std::uint8_t {
  active,
  low,        // less available than the package's low_balance
  suspended,  // calls are refused: below min_balance, or nobody opened it
};
// "active", …: the word in configuration and records.
std::string_view to_string(AccountState state);

// Thread: that of the decision. Each answer is given at once, from memory.
class Facts {
 public:
  virtual ~Facts() = default;

  // The call's dice: 64 random bits, the same whenever the call is decided again.
  virtual std::uint64_t draw() const = 0;
  // How many calls the group has had, for strategies that take turns.
  virtual std::uint64_t turn(const Group& group) const = 0;
  virtual std::uint32_t lines_in_use(const Phone& phone) const = 0;
  // By an operator, or by itself after too many failures.
  virtual bool is_paused(const Phone& phone) const = 0;
  virtual PhoneHistory history(const Phone& phone) const = 0;
  // nullopt: none within the time such things are remembered.
  virtual std::optional<LastCall> last_call(const Hotline& hotline,
                                            const number::Number& caller) const = 0;
  virtual std::uint32_t live_calls(const number::Number& caller) const = 0;
  // nullopt: is not refused.
  virtual std::optional<CallerBlock> block_of(const number::Number& caller) const = 0;
  virtual Usage usage_of_hotline(const Hotline& hotline) const = 0;
  virtual Usage usage_of_account(const Hotline& hotline) const = 0;
  virtual AccountState account_state(const Hotline& hotline) const = 0;
  // Does the caller hear what we play?
  virtual bool caller_hears() const = 0;
};

// A quiet moment: nobody talks, nobody ever called, the account is well.
class QuietFacts : public Facts {
 public:
  explicit QuietFacts(std::uint64_t draw = 0) : draw_(draw) {}

  std::uint64_t draw() const override { return draw_; }
  std::uint64_t turn(const Group&) const override { return 0; }
  std::uint32_t lines_in_use(const Phone&) const override { return 0; }
  bool is_paused(const Phone&) const override { return false; }
  PhoneHistory history(const Phone&) const override { return {}; }
  std::optional<LastCall> last_call(const Hotline&, const number::Number&) const override {
    return std::nullopt;
  }
  std::uint32_t live_calls(const number::Number&) const override { return 0; }
  std::optional<CallerBlock> block_of(const number::Number&) const override { return std::nullopt; }
  Usage usage_of_hotline(const Hotline&) const override { return {}; }
  Usage usage_of_account(const Hotline&) const override { return {}; }
  AccountState account_state(const Hotline&) const override { return AccountState::active; }
  bool caller_hears() const override { return true; }

 private:
  std::uint64_t draw_;
};

}  // namespace hotline::routing
