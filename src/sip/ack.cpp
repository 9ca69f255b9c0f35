// ACK (RFC 3261 §13.2.2.4, §13.3.1.4): our confirmation of a phone's answer, the caller's
// confirmation of ours, and its absence.
#include <utility>

#include "sip/invite_in.h"
#include "sip/invite_out.h"
#include "sip/reason.h"
#include "sip/sdp.h"

namespace hotline::sip {
namespace {

// sofia remembers an INVITE for 32 s after its answer; an ACK later than that is not sent.
constexpr Milliseconds kLatestAck{31'000};

}  // namespace

// The branch ties the ACK to its INVITE: without one, and without the INVITE, sofia aborts. Nobody
// may ask an ACK for a proof: it repeats its INVITE's (RFC 3261 §22.1).
void Leg::send_ack(nta_outgoing_t* invite, const call::Media& answer) {
  msg_t* message = nta_outgoing_getrequest(invite);
  const sip_t* sent = sip_object(message);
  const std::string branch = nta_outgoing_branch(invite);
  const std::string cseq = std::to_string(nta_outgoing_cseq(invite)) + " ACK";
  nta_outgoing_t* ack = nta_outgoing_tcreate(
      dialog_, nullptr, nullptr, next_hop(), SIP_METHOD_ACK, nullptr, SIPTAG_CSEQ_STR(cseq.c_str()),
      SIPTAG_CONTENT_TYPE(agent_.standing().type_of(answer)),
      SIPTAG_PAYLOAD_STR(or_none(answer.body)), NTATAG_ACK_BRANCH(branch.c_str()),
      SIPTAG_AUTHORIZATION(sent->sip_authorization),
      SIPTAG_PROXY_AUTHORIZATION(sent->sip_proxy_authorization), TAG_END());
  msg_destroy(message);
  nta_outgoing_destroy(ack);  // answers retransmitted 200s until it expires
}

void PhoneLeg::confirm(const call::Media& answer) {
  if (stage_ != Stage::answered) return;
  const bool in_time = confirm_answer(answer);
  stage_ = Stage::up;
  if (in_time) start_session(calling_->terms);
  calling_.reset();
}

// With the answer, or with what refuses all that was offered. False: it is too late to say so.
bool PhoneLeg::confirm_answer(const call::Media& answer) {
  const bool in_time = Loop::now() - calling_->answered_at < kLatestAck;
  if (in_time) {
    const bool unanswered = answer.empty() && !calling_->owed.empty();
    send_ack(invite_, unanswered ? reject_all(calling_->owed) : answer);
  }
  remember(answer);
  release_invite();
  return in_time;
}

void CallerLeg::on_ack(const sip_t& sip) {
  Body body = body_of(sip);
  nta_incoming_destroy(invite_);
  invite_ = nullptr;
  if (stage_ == Stage::answered) {
    if (offer_wanted_ && (body.refusal != 0 || body.media.empty())) return lose_answer();
    stage_ = Stage::up;
    agent_.tell(
        call::CallerConfirmed{id_.call, offer_wanted_ ? std::move(body.media) : call::Media{}});
    start_session(terms_);
    const call::Media correction = std::move(waiting_->correction);
    waiting_.reset();
    if (!correction.empty()) correct_media(correction);
  } else if (bye_waits_) {
    send_bye(*bye_waits_);
  }
}

// Our answer was not confirmed, or our offer in it not answered.
void CallerLeg::lose_answer() {
  agent_.tell(call::CallerLost{id_.call});
  send_bye(reason_of(Cause::caller_lost));
}

// Nothing for as long as our 200 was repeated: whoever it was is gone.
void CallerLeg::on_no_ack() {
  nta_incoming_destroy(invite_);
  invite_ = nullptr;
  if (stage_ == Stage::answered) {
    lose_answer();
  } else if (bye_waits_) {
    send_bye(*bye_waits_);
  }
}

}  // namespace hotline::sip
