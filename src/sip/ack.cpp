// ACK (RFC 3261 §13.2.2.4, §13.3.1.4): our confirmation of a phone's answer, the caller's
// confirmation of ours, and its absence.
#include "sip/invite_in.h"
#include "sip/invite_out.h"
#include "sip/reason.h"

namespace hotline::sip {

// The branch ties the ACK to its INVITE: without one, and without the INVITE, sofia aborts. Nobody
// may ask an ACK for a proof: it repeats its INVITE's (RFC 3261 §22.1).
void Leg::send_ack(nta_outgoing_t* invite) {
  msg_t* message = nta_outgoing_getrequest(invite);
  const sip_t* sent = sip_object(message);
  const std::string branch = nta_outgoing_branch(invite);
  const std::string cseq = std::to_string(nta_outgoing_cseq(invite)) + " ACK";
  nta_outgoing_t* ack = nta_outgoing_tcreate(
      dialog_, nullptr, nullptr, next_hop(), SIP_METHOD_ACK, nullptr, SIPTAG_CSEQ_STR(cseq.c_str()),
      NTATAG_ACK_BRANCH(branch.c_str()), SIPTAG_AUTHORIZATION(sent->sip_authorization),
      SIPTAG_PROXY_AUTHORIZATION(sent->sip_proxy_authorization), TAG_END());
  msg_destroy(message);
  nta_outgoing_destroy(ack);  // answers retransmitted 200s until it expires
}

void PhoneLeg::confirm() {
  if (stage_ != Stage::answered) return;
  settle({});
  stage_ = Stage::up;
}

void CallerLeg::on_ack() {
  nta_incoming_destroy(invite_);
  invite_ = nullptr;
  if (stage_ == Stage::answered) {
    stage_ = Stage::up;
    agent_.tell(call::CallerConfirmed{id_.call});
  } else if (bye_waits_) {
    send_bye(*bye_waits_);
  }
}

// Nothing for as long as our 200 was repeated: whoever it was is gone.
void CallerLeg::on_no_ack() {
  nta_incoming_destroy(invite_);
  invite_ = nullptr;
  if (stage_ == Stage::answered) {
    agent_.tell(call::CallerLost{id_.call});
    send_bye(reason_of(Cause::caller_lost));
  } else if (bye_waits_) {
    send_bye(*bye_waits_);
  }
}

}  // namespace hotline::sip
