// re-INVITE (RFC 3261 §14): a change of media inside an answered call (hold, resume, another
// codec), offered by one side and carried by the switchboard to the other.
#include "sip/leg.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

// What may be said to the side that offered, of what the other side said. All else is our own.
int passed_on(int status) {
  switch (status) {
    case 488:
    case 491:
    case 500:
    case 603:
    case 606:
      return status;
    default:
      return 488;
  }
}

}  // namespace

int Leg::on_reinvite(nta_incoming_t* request, const sip_t& sip) {
  if (stage_ == Stage::ended) return 481;
  if (stage_ != Stage::up || change_out_ != nullptr) return 491;  // glare
  if (change_in_ != nullptr) {
    nta_incoming_treply(request, 500, phrase_of(500), SIPTAG_RETRY_AFTER_STR("3"), TAG_END());
    return 500;
  }
  Body body = body_of(sip);
  int status = is_sane(sip.sip_contact) && is_sane(sip.sip_record_route) ? body.refusal : 400;
  if (status == 0 && body.media.empty()) status = 488;  // the offer in the answer: M2
  if (status != 0) {
    nta_incoming_treply(request, status, phrase_of(status),
                        SIPTAG_ACCEPT_STR(status == 415 ? kSdp : nullptr), TAG_END());
    return status;
  }
  msg_t* message = nta_incoming_getrequest(request);
  follow(message, nullptr, sip.sip_contact, false);
  msg_destroy(message);

  change_in_ = request;
  change_answered_ = false;
  nta_incoming_bind(request, on_change_settled, this);
  nta_incoming_treply(request, 100, phrase_of(100), TAG_END());
  agent_.tell(call::MediaOffered{id_, std::move(body.media)});
  return 0;
}

void Leg::accept_media(const call::Media& answer) {
  if (change_in_ == nullptr || change_answered_) return;
  change_answered_ = true;
  nta_incoming_treply(change_in_, 200, phrase_of(200), SIPTAG_CONTACT_STR(local_.contact.c_str()),
                      SIPTAG_ALLOW_STR(kAllow), SIPTAG_SERVER_STR(agent_.product()),
                      SIPTAG_CONTENT_TYPE_STR(or_none(answer.type)),
                      SIPTAG_PAYLOAD_STR(or_none(answer.body)), TAG_END());
  if (nta_incoming_status(change_in_) < 200) finish_change_in();  // our socket refused it
}

void Leg::reject_media(int status) {
  if (change_in_ == nullptr || change_answered_) return;
  status = passed_on(status);
  nta_incoming_treply(change_in_, status, phrase_of(status), SIPTAG_SERVER_STR(agent_.product()),
                      TAG_END());
  finish_change_in();
}

void Leg::finish_change_in() {
  nta_incoming_destroy(change_in_);
  change_in_ = nullptr;
}

// The peer's re-INVITE again: its ACK, its CANCEL, or no ACK for too long.
int Leg::on_change_settled(Leg* self, nta_incoming_t* change, const sip_t* sip) noexcept {
  if (sip == nullptr) {
    self->finish_change_in();
    self->agent_.tell(call::HungUp{self->id_, codes_of(Cause::caller_lost).q850});
    self->send_bye(reason_of(Cause::caller_lost));
  } else if (sip->sip_request->rq_method == sip_method_ack) {
    self->finish_change_in();
  } else if (!self->change_answered_) {
    nta_incoming_treply(change, 487, phrase_of(487), TAG_END());
    self->finish_change_in();
  }
  return 0;
}

void Leg::offer_media(const call::Media& offer) {
  if (stage_ != Stage::up || change_in_ != nullptr || change_out_ != nullptr) {
    agent_.tell(call::MediaRejected{id_, 491});
    return;
  }
  if (offer.empty()) {
    agent_.tell(call::MediaRejected{id_, 488});
    return;
  }
  change_out_ = nta_outgoing_tcreate(
      dialog_, on_change_answered, this, next_hop(), SIP_METHOD_INVITE, nullptr,
      SIPTAG_CONTACT_STR(local_.contact.c_str()), SIPTAG_ALLOW_STR(kAllow),
      SIPTAG_USER_AGENT_STR(agent_.product()), SIPTAG_CONTENT_TYPE_STR(offer.type.c_str()),
      SIPTAG_PAYLOAD_STR(offer.body.c_str()), TAG_END());
}

// With a proof of who we are.
void Leg::repeat_change(const std::string& proof) {
  msg_t* message = nta_outgoing_getrequest(change_out_);
  const sip_t* first = sip_object(message);
  nta_outgoing_destroy(change_out_);
  change_out_ = nta_outgoing_tcreate(
      dialog_, on_change_answered, this, next_hop(), SIP_METHOD_INVITE, nullptr,
      SIPTAG_CONTACT_STR(local_.contact.c_str()), SIPTAG_ALLOW_STR(kAllow),
      SIPTAG_USER_AGENT_STR(agent_.product()), SIPTAG_CONTENT_TYPE(first->sip_content_type),
      SIPTAG_PAYLOAD(first->sip_payload), SIPTAG_HEADER_STR(proof.c_str()), TAG_END());
  msg_destroy(message);
}

int Leg::on_change_answered(Leg* self, nta_outgoing_t* change, const sip_t* sip) noexcept {
  const int status = nta_outgoing_status(change);
  if (status < 200) return 0;
  Leg& leg = *self;
  if (const std::string proof = leg.prove(change, sip); !proof.empty()) {
    leg.repeat_change(proof);
    if (leg.change_out_ != nullptr) return 0;
    leg.agent_.tell(call::MediaRejected{leg.id_, 500});
    return 0;
  }
  Body body;
  if (status < 300) {
    if (is_sane(sip->sip_contact)) {
      msg_t* message = nta_outgoing_getresponse(change);
      leg.follow(message, nullptr, sip->sip_contact, true);
      msg_destroy(message);
    }
    leg.send_ack(change);
    body = body_of(*sip);
  }
  nta_outgoing_destroy(change);
  leg.change_out_ = nullptr;

  if (status < 300 && body.refusal == 0 && !body.media.empty()) {
    leg.agent_.tell(call::MediaAccepted{leg.id_, std::move(body.media)});
  } else {
    leg.agent_.tell(call::MediaRejected{leg.id_, status < 300 ? 488 : status});
  }
  if (status == 408 || status == 481) {  // the peer has lost the call (RFC 3261 §12.2.1.2)
    leg.agent_.tell(call::HungUp{leg.id_, codes_of(Cause::caller_lost).q850});
    leg.send_bye(reason_of(Cause::caller_lost));
  }
  return 0;
}

// Nobody waits for a change of a leg that is over.
void Leg::drop_changes() {
  if (change_in_ != nullptr) {
    if (!change_answered_) nta_incoming_treply(change_in_, 487, phrase_of(487), TAG_END());
    finish_change_in();
  }
  if (change_out_ != nullptr) nta_outgoing_destroy(change_out_);
  change_out_ = nullptr;
}

}  // namespace hotline::sip
