// BYE, both ways (RFC 3261 §15).
#include "sip/leg.h"
#include "sip/reason.h"

namespace hotline::sip {

void Leg::hang_up(Cause cause) {
  if (stage_ != Stage::answered && stage_ != Stage::up) return;
  const std::string reason = reason_of(cause);
  if (settle(reason)) {
    send_bye(reason);
  } else {
    stage_ = Stage::ended;
  }
}

void Leg::send_bye(const std::string& reason) {
  bye_ = nta_outgoing_tcreate(dialog_, on_bye_answered, this, next_hop(), SIP_METHOD_BYE, nullptr,
                              SIPTAG_REASON_STR(or_none(reason)),
                              SIPTAG_USER_AGENT_STR(agent_.product()), TAG_END());
  end();
}

// With a proof of who we are.
void Leg::repeat_bye(const std::string& proof) {
  msg_t* message = nta_outgoing_getrequest(bye_);
  const sip_t* first = sip_object(message);
  nta_outgoing_destroy(bye_);
  bye_ = nta_outgoing_tcreate(dialog_, on_bye_answered, this, next_hop(), SIP_METHOD_BYE, nullptr,
                              SIPTAG_REASON(first->sip_reason),
                              SIPTAG_USER_AGENT_STR(agent_.product()),
                              SIPTAG_HEADER_STR(proof.c_str()), TAG_END());
  msg_destroy(message);
}

// Whatever the answer is, or that none came: the leg is over.
int Leg::on_bye_answered(Leg* self, nta_outgoing_t* bye, const sip_t* sip) noexcept {
  if (nta_outgoing_status(bye) < 200) return 0;
  if (const std::string proof = self->prove(bye, sip); !proof.empty()) {
    self->repeat_bye(proof);
    if (self->bye_ != nullptr) return 0;
  }
  if (self->bye_ != nullptr) nta_outgoing_destroy(self->bye_);
  self->bye_ = nullptr;
  self->end();
  return 0;
}

int Leg::on_bye(nta_incoming_t* request, const sip_t& sip) {
  switch (stage_) {
    case Stage::early:
      peer_left();
      break;
    case Stage::answered:
    case Stage::up:
      if (stage_ == Stage::answered) peer_left();
      agent_.tell(call::HungUp{id_, q850_of(sip.sip_reason), agent_.waited(request)});
      end();
      break;
    case Stage::ended:
      break;  // both hung up at once
  }
  return 200;
}

}  // namespace hotline::sip
