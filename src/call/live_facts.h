// The facts of this moment, for one decision: the logbook, the lines and the accounts as they are.
#pragma once

#include <algorithm>

#include "hotline/call/switchboard.h"
#include "hotline/routing/decision.h"
#include "hotline/routing/facts.h"

namespace hotline::call {

class LiveFacts final : public routing::Facts {
 public:
  // About a call with these random bits. `own_calls`: of the caller's live calls those that it is
  // itself. Requires: the switchboard outlives it.
  LiveFacts(const Switchboard& board, const CallOffered& offered, std::uint64_t draw, Now now,
            std::uint32_t own_calls = 0)
      : logbook_(board.logbook_),
        lines_(board.lines_),
        accounts_(board.accounts_),
        hears_(offered.playing == Playing::possible),
        draw_(draw),
        now_(now),
        own_calls_(own_calls) {}

  std::uint64_t draw() const override { return draw_; }
  std::uint64_t turn(const routing::Group& group) const override { return logbook_.turn(group); }
  std::uint32_t lines_in_use(const routing::Phone& phone) const override {
    return lines_.in_use(phone.line_key, now_.mono);
  }
  bool is_paused(const routing::Phone& phone) const override {
    return logbook_.is_paused(phone.line_key, now_.wall);
  }
  routing::PhoneHistory history(const routing::Phone& phone) const override {
    return logbook_.phone(phone.line_key, now_.wall).history;
  }
  std::optional<routing::LastCall> last_call(const routing::Hotline& hotline,
                                             const number::Number& caller) const override {
    return logbook_.last_call(hotline, caller.e164);
  }
  std::uint32_t live_calls(const number::Number& caller) const override {
    const std::uint32_t all = logbook_.live_calls(caller.e164);
    return all - std::min(all, own_calls_);
  }
  std::optional<routing::CallerBlock> block_of(const number::Number& caller) const override {
    auto block = logbook_.block_of(caller.e164, now_.wall);
    if (!block) return std::nullopt;
    return routing::CallerBlock{block->until, block->by_hand, std::move(block->why)};
  }
  routing::Usage usage_of_hotline(const routing::Hotline& hotline) const override {
    return logbook_.usage_of_hotline(hotline, now_.wall);
  }
  routing::Usage usage_of_account(const routing::Hotline& hotline) const override {
    return logbook_.usage_of_account(hotline.account, now_.wall);
  }
  routing::AccountState account_state(const routing::Hotline& hotline) const override {
    const billing::Book* book = accounts_.find(hotline.account);
    if (book == nullptr || !serves(book->standing.state) ||
        book->posted < hotline.package->min_balance) {
      return routing::AccountState::suspended;
    }
    return book->posted < hotline.package->low_balance ? routing::AccountState::low
                                                       : routing::AccountState::active;
  }
  bool caller_hears() const override { return hears_; }

 private:
  const Logbook& logbook_;
  const Lines& lines_;
  const billing::Accounts& accounts_;
  bool hears_;
  std::uint64_t draw_;
  Now now_;
  std::uint32_t own_calls_;
};

// A call that is live, to be decided about further. Requires: the switchboard and the call outlive
// it.
struct LiveQuestion {
  LiveQuestion(const Switchboard& board, const Call& call, Now now)
      : facts(board, call.offered(), call.record().id.random_bits(), now, 1),
        question{call.snapshot(), call.hotline(), call.offered().caller, now.wall, facts} {}
  LiveQuestion(const LiveQuestion&) = delete;
  LiveQuestion& operator=(const LiveQuestion&) = delete;

  LiveFacts facts;
  routing::Question question;
};

}  // namespace hotline::call
