// The facts a decision has asked for, with the answers: they go into the call's record, so that
// the decision can be made again years later.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/routing/facts.h"

namespace hotline::routing {

// One answer. Only what differs from QuietFacts is kept.
struct Answer {
  enum class To : std::uint8_t {
    turn,      // of a group: a
    lines,     // of a phone: a in use
    paused,    // of a phone
    history,   // of a phone: a, b, c as in PhoneHistory
    last,      // of the caller: a when, the name who answered
    live,      // calls of the caller: a
    blocked,   // the caller, by the guard: until a
    usage,     // of the hotline: a calls, b 厘
    spending,  // of the account: a calls, b 厘
    account,   // its state: a
    barred,    // the caller, by hand: until a, the name why
    deaf,      // the caller cannot hear what we play
  };

  To to = To::turn;
  std::string name{};
  std::int64_t a = 0;
  std::int64_t b = 0;
  std::int64_t c = 0;
  friend bool operator==(const Answer&, const Answer&) = default;
};
using Asked = std::vector<Answer>;

// "turn:4001234567/sales=17 lines:unicom/02161234567=1", for the record; empty: nothing special.
std::string to_text(const Asked& asked);
// Errors: what is not understood is left out: a newer version may have written it.
Asked asked_from_text(std::string_view text);

// Facts as a record holds them; what it does not mention is quiet.
class RecordedFacts final : public QuietFacts {
 public:
  RecordedFacts(Asked asked, std::uint64_t draw);

  std::uint64_t turn(const Group& group) const override;
  std::uint32_t lines_in_use(const Phone& phone) const override;
  bool is_paused(const Phone& phone) const override;
  PhoneHistory history(const Phone& phone) const override;
  std::optional<LastCall> last_call(const Hotline& hotline,
                                    const number::Number& caller) const override;
  std::uint32_t live_calls(const number::Number& caller) const override;
  std::optional<CallerBlock> block_of(const number::Number& caller) const override;
  Usage usage_of_hotline(const Hotline& hotline) const override;
  Usage usage_of_account(const Hotline& hotline) const override;
  AccountState account_state(const Hotline& hotline) const override;
  bool caller_hears() const override;

 private:
  const Answer* find(Answer::To to, std::string_view name = {}) const;

  Asked asked_;
};

}  // namespace hotline::routing
