// Changes inside an answered call: re-INVITE both ways (RFC 3261 §14), with or without an offer,
// carried by the switchboard from one side to the other; glare; and our own requests that nobody
// else waits for: the refresh of a session, and the correction of what early media left behind.
//
//   peer            this leg        the switchboard     other leg        other peer
//     │ INVITE ──────► │ ── MediaOffered ──► OfferMedia ──► │ INVITE ────────► │
//     │ ◄──────── 200  │ ◄─ AcceptMedia ◄── MediaAccepted ─ │ ◄──────────── 200 │
//     │ ACK ─────────► │ (── MediaConfirmed ► ConfirmMedia ►│) ACK ───────────► │
//
// What stands in brackets is for an offer that was asked for: then the answer is in the ACKs.
#include "sip/leg.h"
#include "sip/reason.h"
#include "sip/sdp.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr int kMostTries = 4;
constexpr int kCancelled = 487;

// How long a cancelled change may stay unanswered (64·T1 as sofia is set): then the peer is gone.
constexpr Milliseconds kCancelPatience{8'000};

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

std::string some_seconds() { return std::to_string(su_randint(1, 10)); }

}  // namespace

int Leg::refuse(nta_incoming_t* request, int status) {
  const std::string later = some_seconds();
  const std::string least = std::to_string(kLeastSession.count());
  nta_incoming_treply(request, status, phrase_of(status),
                      SIPTAG_ACCEPT_STR(status == 415 ? kSdp : nullptr),
                      SIPTAG_ALLOW(status == 405 ? allow() : nullptr),
                      SIPTAG_RETRY_AFTER_STR(status == 500 ? later.c_str() : nullptr),
                      SIPTAG_MIN_SE_STR(status == 422 ? least.c_str() : nullptr),
                      SIPTAG_SERVER_STR(agent_.product()), TAG_END());
  return status;
}

int Leg::obstacle_to_change(const SessionWish& wish) {
  if (stage_ == Stage::ended) return 481;
  if (wish.is_too_small()) return 422;
  if (stage_ == Stage::early || change_in_) return 500;  // one after the other
  if (stage_ != Stage::up) return 491;
  const bool crosses = change_out_ && change_out_->request != nullptr &&
                       nta_outgoing_method(change_out_->request) == sip_method_invite;
  return crosses ? 491 : 0;  // glare
}

int Leg::on_reinvite(nta_incoming_t* request, const sip_t& sip) {
  const SessionWish wish = session_wish_of(sip);
  int status = obstacle_to_change(wish);
  if (status == 0 && !(is_sane(sip.sip_contact) && is_sane(sip.sip_record_route))) status = 400;
  Body body = body_of(sip);
  if (status == 0) status = body.refusal;
  if (status != 0) return refuse(request, status);
  take_change(request, sip, wish, std::move(body.media));
  nta_incoming_bind(request, on_change_settled, this);
  nta_incoming_treply(request, 100, phrase_of(100), TAG_END());
  return 0;
}

void Leg::take_change(nta_incoming_t* request, const sip_t& sip, const SessionWish& wish,
                      call::Media offer) {
  msg_t* message = nta_incoming_getrequest(request);
  refresh_target(message, sip.sip_contact, false);
  msg_destroy(message);
  note_abilities(sip);
  change_in_.emplace(ChangeIn{});
  change_in_->request = request;
  change_in_->update = sip.sip_request->rq_method == sip_method_update;
  change_in_->offer_wanted = offer.empty();
  change_in_->terms = answer_to(wish, usual_interval());
  agent_.tell(call::MediaOffered{id_, std::move(offer)});
}

void Leg::accept_media(const call::Media& answer) {
  if (!change_in_ || change_in_->answered) return;
  change_in_->answered = true;
  const SessionTerms terms = change_in_->terms;
  const std::string session = session_expires(terms.interval, !terms.ours);
  nta_incoming_treply(
      change_in_->request, 200, phrase_of(200), SIPTAG_CONTACT(local_->contact_header),
      SIPTAG_ALLOW(allow()), SIPTAG_SUPPORTED(agent_.standing().supported()),
      SIPTAG_REQUIRE_STR(terms.ours ? nullptr : "timer"),
      SIPTAG_SESSION_EXPIRES_STR(session.c_str()), SIPTAG_SERVER_STR(agent_.product()),
      SIPTAG_CONTENT_TYPE(agent_.standing().type_of(answer)),
      SIPTAG_PAYLOAD_STR(or_none(answer.body)), TAG_END());
  remember(answer);
  start_session(terms);
  const bool sent = nta_incoming_status(change_in_->request) >= 200;  // else our socket refused it
  if (change_in_->update || !sent) finish_change_in();
}

void Leg::reject_media(int status) {
  if (!change_in_ || change_in_->answered) return;
  refuse(change_in_->request, change_in_->withdrawn ? kCancelled : passed_on(status));
  finish_change_in();
}

void Leg::finish_change_in() {
  nta_incoming_destroy(change_in_->request);
  change_in_.reset();
}

// The peer's re-INVITE again: its ACK, its CANCEL, or no ACK for too long.
int Leg::on_change_settled(Leg* self, nta_incoming_t*, const sip_t* sip) noexcept {
  if (sip == nullptr) {
    self->finish_change_in();
    self->lose_peer();
  } else if (sip->sip_request->rq_method == sip_method_ack) {
    const bool offered = self->change_in_->offer_wanted && self->change_in_->answered;
    self->finish_change_in();
    if (!offered) return 0;
    Body body = body_of(*sip);
    if (body.refusal == 0 && !body.media.empty()) {
      self->agent_.tell(call::MediaConfirmed{self->id_, std::move(body.media)});
    } else {
      self->lose_peer();  // our offer has no answer, and nobody may ask for it again
    }
  } else if (!self->change_in_->answered && !self->change_in_->withdrawn) {
    // Sofia has answered the CANCEL. Whether the other side has changed meanwhile, it has to say.
    self->change_in_->withdrawn = true;
    self->agent_.tell(call::MediaWithdrawn{self->id_});
  }
  return 0;
}

// The peer left something open that nothing can close any more.
void Leg::lose_peer() {
  agent_.tell(call::HungUp{id_, codes_of(Cause::caller_lost).q850});
  send_bye(reason_of(Cause::caller_lost));
}

// --- ours --------------------------------------------------------------------------------------

void Leg::offer_media(const call::Media& offer) {
  const bool busy = change_out_ && change_out_->request != nullptr;
  if (stage_ != Stage::up || change_in_ || busy) {
    agent_.tell(call::MediaRejected{id_, 491});
    return;
  }
  begin_change(ChangeOut::Why::carried, offer);
}

// An answer that crosses the CANCEL counts.
void Leg::withdraw_media() {
  if (!change_out_ || change_out_->why != ChangeOut::Why::carried || !change_out_->owed.empty()) {
    return;
  }
  if (change_out_->request == nullptr) return on_change_refused(kCancelled);
  change_out_->withdrawn = true;
  nta_outgoing_tcancel(change_out_->request, nullptr, nullptr, TAG_END());
  change_out_->timer.emplace(agent_.loop(), kCancelPatience, [this] {
    nta_outgoing_destroy(change_out_->request);
    on_change_refused(408);
  });
}

void Leg::correct_media(const call::Media& offer) {
  begin_change(ChangeOut::Why::correction, offer);
}

void Leg::begin_change(ChangeOut::Why why, call::Media offer) {
  // A refresh that waited for its turn is part of this.
  change_out_ = std::make_unique<ChangeOut>();
  change_out_->why = why;
  change_out_->offer = std::move(offer);
  send_change();
}

void Leg::send_change(const std::string& proof) {
  ChangeOut& change = *change_out_;
  ++change.tries;
  const bool update = change.why == ChangeOut::Why::refresh && takes_update_;
  const Seconds interval = usual_interval();
  const bool by_us = session_.interval.count() == 0 || session_.ours;
  const std::string session = session_expires(interval, by_us);
  const std::string least = std::to_string(interval.count());
  const bool raised = interval > agent_.session_interval();  // after a 422
  const call::Media offer = update ? call::Media{} : change.offer;
  change.request = nta_outgoing_tcreate(
      dialog_, on_change_answered, this, next_hop(), update ? sip_method_update : sip_method_invite,
      update ? "UPDATE" : "INVITE", nullptr, SIPTAG_CONTACT(local_->contact_header),
      SIPTAG_ALLOW(allow()), SIPTAG_SUPPORTED(agent_.standing().supported_timer()),
      SIPTAG_SESSION_EXPIRES_STR(session.c_str()),
      SIPTAG_MIN_SE_STR(raised ? least.c_str() : nullptr), SIPTAG_USER_AGENT_STR(agent_.product()),
      SIPTAG_HEADER_STR(or_none(proof)), SIPTAG_CONTENT_TYPE(agent_.standing().type_of(offer)),
      SIPTAG_PAYLOAD_STR(or_none(offer.body)), TAG_END());
  if (change.request != nullptr) return;
  const auto why = change.why;
  change_out_.reset();
  if (why == ChangeOut::Why::carried) agent_.tell(call::MediaRejected{id_, 500});
}

// After glare the two sides wait differently long, so that one of them goes first (RFC 3261 §14.1).
void Leg::try_again_later() {
  const int tens = owns_call_id() ? su_randint(210, 400) : su_randint(0, 200);
  change_out_->timer.emplace(agent_.loop(), Milliseconds(10 * tens), [this] {
    if (stage_ == Stage::up && !change_in_) return send_change();
    const auto why = change_out_->why;
    change_out_.reset();
    if (why == ChangeOut::Why::carried) agent_.tell(call::MediaRejected{id_, 491});
  });
}

int Leg::on_change_answered(Leg* self, nta_outgoing_t* change, const sip_t* sip) noexcept {
  const int status = nta_outgoing_status(change);
  if (status >= 200) self->on_change_final(status, sip);
  return 0;
}

void Leg::on_change_final(int status, const sip_t* sip) {
  if (status < 300) return on_change_accepted(*sip);
  // The message goes with the transaction.
  const Seconds least = sip == nullptr ? kLeastSession : least_session_of(*sip);
  const std::string proof = prove(change_out_->request, sip);
  nta_outgoing_destroy(change_out_->request);
  change_out_->request = nullptr;
  if (change_out_->withdrawn) return on_change_refused(status);
  if (!proof.empty()) return send_change(proof);
  const bool once_more = change_out_->tries < kMostTries;
  if (status == 491 && once_more) return try_again_later();
  if (status == 422 && once_more && least > usual_interval()) {
    session_.interval = least;
    return send_change();
  }
  on_change_refused(status);
}

void Leg::on_change_accepted(const sip_t& sip) {
  ChangeOut& change = *change_out_;
  if (is_sane(sip.sip_contact)) {
    msg_t* message = nta_outgoing_getresponse(change.request);
    refresh_target(message, sip.sip_contact, true);
    msg_destroy(message);
  }
  note_abilities(sip);
  start_session(terms_of(sip, usual_interval()));
  const bool invite = nta_outgoing_method(change.request) == sip_method_invite;
  Body body = body_of(sip);
  const bool sound = body.refusal == 0 && !body.media.empty();
  if (invite && change.offer.empty() && sound) {
    change.owed = body.media;  // the ACK waits for its answer
    change.timer.reset();
    return agent_.tell(call::MediaAccepted{id_, std::move(body.media)});
  }
  if (invite) send_ack(change.request);
  const auto why = change.why;
  if (sound) remember(change.offer);
  finish_change_out();
  if (why == ChangeOut::Why::refresh) return;
  if (!sound) {
    if (why == ChangeOut::Why::carried) return agent_.tell(call::MediaRejected{id_, 488});
    return lose_peer();
  }
  if (why == ChangeOut::Why::carried) {
    agent_.tell(call::MediaAccepted{id_, std::move(body.media)});
  } else {
    agent_.tell(call::MediaOffered{id_, std::move(body.media)});  // the other side shall know it
  }
}

void Leg::on_change_refused(int status) {
  const auto why = change_out_->why;
  change_out_.reset();
  const bool lost = status == 408 || status == 481;  // RFC 3261 §12.2.1.2, RFC 4028 §10
  if (why == ChangeOut::Why::refresh) {
    if (lost) return agent_.tell(call::SessionExpired{id_});
    if (!session_.agreed) start_session(session_);  // it lives, and counts no time of its own
    return;                                         // else the timer tries again
  }
  if (why == ChangeOut::Why::carried) agent_.tell(call::MediaRejected{id_, status});
  if (lost || why == ChangeOut::Why::correction) lose_peer();
}

void Leg::confirm_media(const call::Media& answer) {
  if (!change_out_ || change_out_->owed.empty()) return;
  send_ack(change_out_->request, answer);
  remember(answer);
  finish_change_out();
}

void Leg::finish_change_out() {
  nta_outgoing_destroy(change_out_->request);
  change_out_.reset();
}

// Nobody waits for a change of a leg that is over.
void Leg::drop_changes() {
  if (change_in_) {
    if (!change_in_->answered) refuse(change_in_->request, kCancelled);
    finish_change_in();
  }
  if (!change_out_) return;
  nta_outgoing_t* request = change_out_->request;
  if (!change_out_->owed.empty()) {
    send_ack(request, reject_all(change_out_->owed));
  } else if (request != nullptr && nta_outgoing_method(request) == sip_method_invite) {
    // Cancelled, it is still confirmed by sofia, whatever the peer says to it.
    nta_outgoing_tcancel(request, nullptr, nullptr, TAG_END());
  }
  if (request != nullptr) nta_outgoing_destroy(request);
  change_out_.reset();
}

}  // namespace hotline::sip
