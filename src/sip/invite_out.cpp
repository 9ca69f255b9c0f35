// INVITE to a phone (RFC 3261 §13.2). A new dialog for every gateway tried; nothing of the
// caller's side (Via, Contact, User-Agent, Call-ID) goes with it.
#include "sip/invite_out.h"

#include "hotline/base/contract.h"

#include "sip/home.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

bool is_server_fault(int status) { return status >= 500 && status < 600; }

}  // namespace

PhoneLeg::PhoneLeg(Agent& agent, const call::RingPhone& wish, const Local& local, Way way)
    : Leg(agent, wish.leg, local), calling_(std::make_unique<Calling>()) {
  HOTLINE_EXPECT(!way.targets.empty());
  trunk_ = std::move(way.trunk);
  calling_->wish = wish;
  calling_->wish.presented = number::written_as(wish.presented, way.format);
  calling_->wish.asserted = number::written_as(wish.asserted, way.format);
  calling_->targets = std::move(way.targets);
  calling_->asserted = way.asserted;
  calling_->offer_wanted = wish.offer.empty();
  calling_->asked_reliably = !calling_->offer_wanted;
  calling_->interval = agent.session_interval();
}

PhoneLeg::~PhoneLeg() {
  if (calling_ != nullptr && calling_->heard) give_up_invite();  // the server leaves: it stops
  release_invite();
}

void PhoneLeg::ring() { try_next(); }

std::string PhoneLeg::from_header() const {
  if (calling_->wish.presented.empty()) return "\"Anonymous\" <sip:anonymous@anonymous.invalid>";
  return quoted(calling_->wish.caller_name) + named_at(calling_->wish.presented, local_->host);
}

// Which number was called (RFC 5806), and what a trunk that trusts us may know of the caller.
std::string PhoneLeg::privacy_headers() const {
  std::string headers = "Diversion: " + named_at(calling_->wish.hotline, local_->host) +
                        ";reason=unconditional;counter=1";
  if (calling_->wish.presented.empty()) {
    if (calling_->asserted && !calling_->wish.asserted.empty()) {
      headers += "\r\nP-Asserted-Identity: " + named_at(calling_->wish.asserted, local_->host);
    }
    headers += "\r\nPrivacy: id";
  } else if (calling_->asserted) {
    headers += "\r\nP-Asserted-Identity: " + named_at(calling_->wish.presented, local_->host);
  }
  return headers;
}

const std::string& PhoneLeg::tried() const { return calling_->targets[calling_->next - 1].uri; }

void PhoneLeg::try_next() {
  give_up_invite();
  if (dialog_ != nullptr) nta_leg_destroy(dialog_);
  dialog_ = nullptr;
  calling_->heard = false;
  calling_->forks.clear();
  calling_->gateway = calling_->targets[calling_->next].gateway;
  const std::string& target = calling_->targets[calling_->next++].uri;
  if (const auto address = host_of(target)) learn(*address);
  local_ = &agent_.local_for(target);

  Home home;
  sip_from_t* from = sip_from_make(home, from_header().c_str());
  const sip_to_t* to = sip_to_make(home, ("<" + target + ">").c_str());
  if (from == nullptr || to == nullptr) return fail(call::Failure::failed, 0);
  sip_from_tag(home, from, random_token().c_str());
  dialog_ = make_dialog(sip_call_id_make(home, random_token().c_str()), from, to, 0);
  send_invite(target, {});
}

void PhoneLeg::send_invite(const std::string& target, const std::string& proof) {
  const Standing& says = agent_.standing();
  const std::string hops = std::to_string(calling_->wish.hops_left);
  const std::string session = session_expires(calling_->interval, std::nullopt);
  const std::string least = std::to_string(calling_->interval.count());
  const bool raised = calling_->interval > agent_.session_interval();  // after a 422
  invite_ = nta_outgoing_tcreate(
      dialog_, on_response, this, nullptr, SIP_METHOD_INVITE,
      reinterpret_cast<const url_string_t*>(target.c_str()),
      SIPTAG_CSEQ_STR(nta_leg_get_seq(dialog_) == 0 ? "1 INVITE" : nullptr),
      SIPTAG_MAX_FORWARDS_STR(hops.c_str()), SIPTAG_CONTACT(local_->contact_header),
      SIPTAG_ALLOW(allow()),
      SIPTAG_SUPPORTED(calling_->asked_reliably ? says.supported() : says.supported_timer()),
      SIPTAG_SESSION_EXPIRES_STR(session.c_str()),
      SIPTAG_MIN_SE_STR(raised ? least.c_str() : nullptr), SIPTAG_USER_AGENT_STR(agent_.product()),
      SIPTAG_HEADER_STR(privacy_headers().c_str()), SIPTAG_HEADER_STR(or_none(proof)),
      SIPTAG_CONTENT_TYPE(says.type_of(calling_->wish.offer)),
      SIPTAG_PAYLOAD_STR(or_none(calling_->wish.offer.body)), NTATAG_PASS_100(1), TAG_END());
  if (invite_ == nullptr) return fail(call::Failure::failed, 0);
  ++agent_.count().rings;
  calling_->timer.emplace(agent_.loop(), kSilence, [this] { on_silence(); });
}

int PhoneLeg::on_response(Leg* self, nta_outgoing_t* invite, const sip_t* sip) noexcept {
  auto& leg = static_cast<PhoneLeg&>(*self);
  const int status = nta_outgoing_status(invite);
  if (status < 200) {
    if (!leg.calling_->heard) leg.agent_.gateways().heard(leg.calling_->gateway, status, *sip);
    leg.on_provisional(status, *sip);
  } else if (status < 300) {
    leg.agent_.gateways().heard(leg.calling_->gateway, status, *sip);
    leg.on_answered(*sip);
  } else {
    leg.on_refused(status, sip);
  }
  return 0;
}

void PhoneLeg::on_provisional(int status, const sip_t& sip) {
  if (stage_ != Stage::early) return;
  if (!calling_->heard) {
    calling_->heard = true;
    calling_->timer.reset();
    if (calling_->cancelling) send_cancel();
  }
  if (status == 100) return;
  const bool reliable = sip.sip_rseq != nullptr && sip_has_feature(sip.sip_require, "100rel") != 0;
  if ((reliable && !take_reliable(sip)) || calling_->cancelling) return;
  Body body = body_of(sip);
  const bool plays = !calling_->offer_wanted && body.refusal == 0 && !body.media.empty();
  if (calling_->rang && (calling_->plays || !plays)) return;
  calling_->rang = true;
  calling_->plays = plays;
  agent_.tell(call::PhoneRang{id_, plays ? std::move(body.media) : call::Media{}});
}

// The same INVITE again, with signs of life as rare as the phone wants them (RFC 4028 §7.4).
bool PhoneLeg::ask_for_longer(const sip_t& sip) {
  const Seconds least = least_session_of(sip);
  if (stage_ != Stage::early || calling_->cancelling || least <= calling_->interval) return false;
  calling_->interval = least;
  calling_->heard = false;
  release_invite();
  send_invite(tried(), {});
  return true;
}

bool PhoneLeg::has_next() {
  while (calling_->next < calling_->targets.size() &&
         !agent_.gateways().takes_calls(calling_->targets[calling_->next].gateway)) {
    ++calling_->next;
  }
  return calling_->next < calling_->targets.size();
}

// Sofia alone would wait longer, and pay for every repetition.
void PhoneLeg::on_silence() {
  agent_.gateways().missed(calling_->gateway, Missed::silent);
  agent_.doubt_connection(tried());
  move_on();
}

bool PhoneLeg::waits_for(GatewayId gateway) const {
  return stage_ == Stage::early && calling_->gateway == gateway && !calling_->heard;
}

void PhoneLeg::move_on() {
  if (calling_->cancelling) {
    fail(call::Failure::cancelled, 0);
  } else if (has_next()) {
    try_next();
  } else {
    fail(call::Failure::silent, 0);
  }
}

void PhoneLeg::on_refused(int status, const sip_t* sip) {
  if (stage_ != Stage::early) return;
  // Did sofia make the response up, because the destination could not be reached?
  const bool by_us = sip == nullptr || nta_sip_is_internal(sip) != 0;
  if (by_us) {
    agent_.gateways().missed(calling_->gateway, Missed::unreachable);
  } else {
    agent_.gateways().heard(calling_->gateway, status, *sip);
  }
  constexpr int kIntervalTooSmall = 422;
  if (status == kIntervalTooSmall && !by_us && ask_for_longer(*sip)) return;
  if (!calling_->cancelling && !by_us) {
    if (const std::string proof = prove(invite_, sip); !proof.empty()) {
      // sofia has confirmed the refusal; the same call, one number further (RFC 3261 §22.1).
      release_invite();
      calling_->heard = false;
      return send_invite(tried(), proof);
    }
  }
  if (calling_->cancelling) {
    fail(call::Failure::cancelled, by_us ? 0 : status);
  } else if (is_server_fault(status) && has_next()) {
    try_next();
  } else {
    fail(by_us ? call::Failure::failed : failure_of(status), by_us ? 0 : status);
  }
}

void PhoneLeg::on_answered(const sip_t& sip) {
  if (stage_ != Stage::early) return;
  calling_->timer.reset();
  msg_t* message = nta_outgoing_getresponse(invite_);
  const bool sane = is_sane(sip.sip_contact) && sip.sip_to->a_tag != nullptr;
  // Without a Contact of its own it is hung up where its answer came from.
  sip_contact_t* target =
      sane ? sip.sip_contact
           : sip_contact_make(msg_home(message),
                              uri_of(source_of(message), transport_of(message)).c_str());
  if (sip.sip_to->a_tag != nullptr) follow_fork(sip.sip_to->a_tag);
  follow(message, sip.sip_record_route, target, true);
  msg_destroy(message);

  stage_ = Stage::answered;
  calling_->answered_at = Loop::now();
  Body body = body_of(sip);
  // What it answered reliably before is the answer, whatever it says now (RFC 3261 §13.2.1).
  const Fork* fork = sip.sip_to->a_tag == nullptr ? nullptr : fork_of(sip.sip_to->a_tag);
  if (fork != nullptr && !fork->answer.empty()) body = {0, fork->answer};
  calling_->forks = {};
  if (calling_->offer_wanted && body.refusal == 0) calling_->owed = body.media;
  if (calling_->cancelling || !sane || body.refusal != 0 || body.media.empty()) {
    agent_.tell(call::PhoneFailed{
        id_, calling_->cancelling ? call::Failure::cancelled : call::Failure::failed, 200});
    return dismiss();
  }
  accept_answer(sip, std::move(body.media));
}

void PhoneLeg::accept_answer(const sip_t& sip, call::Media media) {
  note_abilities(sip);
  remember(calling_->wish.offer);
  calling_->terms = terms_of(sip, calling_->interval);
  Dialog dialog = describe();
  dialog.call_id = sip.sip_call_id->i_id;
  dialog.local_uri = text_of(sip.sip_from->a_url);
  dialog.remote_uri = text_of(sip.sip_to->a_url);
  dialog.session = calling_->terms;
  agent_.tell(call::PhoneAnswered{id_, std::move(media), dialog.call_id, dialog.to_text()});
}

void PhoneLeg::dismiss() {
  settle({});
  send_bye(reason_of(Cause::hung_up));
}

bool PhoneLeg::settle(const std::string&) {
  if (stage_ == Stage::answered) confirm_answer({});
  release_invite();
  return true;
}

// A BYE from a phone that we had not confirmed yet, or that had not even answered.
void PhoneLeg::peer_left() {
  if (stage_ == Stage::answered) {
    settle({});
  } else {
    fail(call::Failure::failed, 0);
  }
}

void PhoneLeg::fail(call::Failure how, int status) {
  agent_.tell(call::PhoneFailed{id_, how, status});
  calling_->timer.reset();
  give_up_invite();
  end();
}

// An INVITE without a final answer is never left to ring: what it still says is sofia's business,
// which confirms and hangs up a late answer by itself.
void PhoneLeg::give_up_invite() {
  if (invite_ == nullptr) return;
  if (nta_outgoing_status(invite_) < 200) {
    const int made_up = calling_->heard ? 0 : 1;  // a CANCEL only to somebody who spoke
    nta_outgoing_tcancel(invite_, nullptr, nullptr, NTATAG_CANCEL_408(made_up), TAG_END());
  }
  release_invite();
}

void PhoneLeg::release_invite() {
  if (invite_ != nullptr) nta_outgoing_destroy(invite_);
  if (prack_ != nullptr) nta_outgoing_destroy(prack_);
  invite_ = prack_ = nullptr;
}

}  // namespace hotline::sip
