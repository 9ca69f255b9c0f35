// CANCEL (RFC 3261 §9): from the caller, and to a phone that shall stop ringing.
#include "sip/invite_in.h"
#include "sip/invite_out.h"
#include "sip/reason.h"

namespace hotline::sip {
namespace {

// How long a cancelled phone may take to say 487 before the attempt is over without it.
constexpr Milliseconds kCancelPatience{4'000};

}  // namespace

// sofia has answered the CANCEL itself.
void CallerLeg::on_cancel() {
  if (stage_ == Stage::early) {
    agent_.tell(call::CallerCancelled{id_.call});
  } else if (stage_ == Stage::answered) {
    agent_.tell(call::CallerLost{id_.call});  // our answer was held back, and never went out
  }
  say_final(487, {}, false);
  end();
}

void PhoneLeg::cancel(bool elsewhere) {
  if (stage_ == Stage::answered) {
    // Its answer crossed the wish, or is told already: either way it was for nothing.
    const bool untold = agent_.retract_answer(id_);
    if (untold) agent_.tell(call::PhoneFailed{id_, call::Failure::cancelled, 200});
    dismiss();
    return;
  }
  if (stage_ != Stage::early || calling_->cancelling) return;
  calling_->cancelling = true;
  calling_->elsewhere = elsewhere;
  // Not before it has said anything (RFC 3261 §9.1); if it never does, the silence ends it.
  if (calling_->heard) send_cancel();
}

void PhoneLeg::send_cancel() {
  nta_outgoing_tcancel(invite_, nullptr, nullptr,
                       SIPTAG_REASON_STR(calling_->elsewhere ? kCompletedElsewhere : nullptr),
                       TAG_END());
  calling_->timer.emplace(agent_.loop(), kCancelPatience,
                          [this] { fail(call::Failure::cancelled, 0); });
}

}  // namespace hotline::sip
