// UPDATE (RFC 3311): a refresh of the peer's address and session, and a change of media that needs
// no ACK. Towards the other side such a change travels as a re-INVITE.
#include "sip/leg.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {

int Leg::on_update(nta_incoming_t* request, const sip_t& sip) {
  if (stage_ == Stage::ended) return refuse(request, 481);
  if (!is_sane(sip.sip_contact) || !is_sane(sip.sip_record_route)) return refuse(request, 400);
  const SessionWish wish = session_wish_of(sip);
  Body body = body_of(sip);
  if (body.refusal != 0) return refuse(request, body.refusal);
  if (!body.media.empty()) {
    // In an early dialog the first offer is still open: later, then.
    const int status = obstacle_to_change(wish);
    if (status != 0) return refuse(request, status);
    take_change(request, sip, wish, std::move(body.media));
    return 0;
  }
  if (wish.is_too_small()) return refuse(request, 422);

  msg_t* message = nta_incoming_getrequest(request);
  refresh_target(message, sip.sip_contact, false);
  msg_destroy(message);
  note_abilities(sip);
  const SessionTerms terms = answer_to(wish, usual_interval());
  const std::string session = session_expires(terms.interval, !terms.ours);
  const bool timed = stage_ == Stage::up;  // before that, the answer to the INVITE says it
  if (timed) start_session(terms);
  nta_incoming_treply(request, 200, phrase_of(200), SIPTAG_CONTACT(local_->contact_header),
                      SIPTAG_ALLOW(allow()), SIPTAG_SUPPORTED(agent_.standing().supported()),
                      SIPTAG_REQUIRE_STR(timed && !terms.ours ? "timer" : nullptr),
                      SIPTAG_SESSION_EXPIRES_STR(timed ? session.c_str() : nullptr),
                      SIPTAG_SERVER_STR(agent_.product()), TAG_END());
  return 200;
}

}  // namespace hotline::sip
