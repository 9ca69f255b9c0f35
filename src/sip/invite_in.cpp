// INVITE from a caller (RFC 3261 §13.3, §8.2). The checks run before sofia makes anything of the
// request, so what they refuse costs no memory.
#include "sip/invite_in.h"

#include <algorithm>

#include <strings.h>

#include "hotline/base/contract.h"

#include "sip/identity.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr int kDefaultHops = 70;
constexpr std::uint32_t kFirstCseq = 1;  // low, so that a restart can leap above it

// One header, as a line. Asked once more where it is longer than most.
template <class Header>
void print(std::string& text, const Header* header) {
  const auto* any = reinterpret_cast<const msg_header_t*>(header);
  const std::size_t before = text.size();
  int room = 256;  // with the NUL that sofia ends it with
  for (int needed = room; needed >= room;) {
    room = needed + 1;
    text.resize(before + static_cast<std::size_t>(room));
    needed = static_cast<int>(msg_header_e(&text[before], room, any, 0));
    if (needed < room) text.resize(before + static_cast<std::size_t>(std::max(needed, 0)));
  }
}

// The headers that an answer to this INVITE is made of, as a message of their own.
std::string essence_of(const sip_t& sip) {
  std::string text;
  text.reserve(1024);
  print(text, sip.sip_request);
  for (const sip_via_t* via = sip.sip_via; via != nullptr; via = via->v_next) print(text, via);
  for (const sip_record_route_t* one = sip.sip_record_route; one != nullptr; one = one->r_next) {
    print(text, one);
  }
  print(text, sip.sip_from);
  print(text, sip.sip_to);
  print(text, sip.sip_call_id);
  print(text, sip.sip_cseq);
  return text + "Content-Length: 0\r\n\r\n";
}

int hops_left(const sip_t& sip) {
  if (sip.sip_max_forwards == nullptr) return kDefaultHops;
  return static_cast<int>(std::min<unsigned long>(sip.sip_max_forwards->mf_count, 255));
}

// Would the caller read the description in our answer (RFC 3261 §20.1)?
bool accepts_sdp(const sip_accept_t* accept) {
  if (accept == nullptr) return true;
  for (; accept != nullptr; accept = accept->ac_next) {
    const char* type = accept->ac_type == nullptr ? "" : accept->ac_type;
    for (const char* fits : {"", "*/*", "application/*", kSdp}) {
      if (strcasecmp(type, fits) == 0) return true;
    }
  }
  return false;
}

// Says what is wrong with the request itself; 0: nothing.
int fault_of(const sip_t& sip) {
  if (!is_known_scheme(sip.sip_request->rq_url)) return 416;
  if (sip.sip_from->a_tag == nullptr) return 400;
  if (!is_sane(sip.sip_contact) || !is_sane(sip.sip_record_route)) return 400;
  if (!accepts_sdp(sip.sip_accept)) return 406;
  if (wants_more_privacy(sip)) return 500;
  return 0;
}

// A call of ours to a phone that some proxy sent back to us (RFC 3261 §16.3, item 4).
bool is_our_own(const Agent& agent, const sip_t& sip) {
  const nta_leg_t* leg = nta_leg_by_call_id(agent.nta(), sip.sip_call_id->i_id);
  const char* tag = leg == nullptr ? nullptr : nta_leg_get_tag(leg);
  return tag != nullptr && std::string_view(tag) == sip.sip_from->a_tag;
}

std::string explanation_of(int status) {
  if (status == 406 || status == 415) return std::string("Accept: ") + kSdp;
  if (status == 500) return "Warning: 399 hotlined \"session privacy is not to be had here\"";
  if (status == 422) return "Min-SE: " + std::to_string(kLeastSession.count());
  if (status == 488) return "Reason: " + reason_of(Cause::media_unsupported);
  return {};
}

}  // namespace

void offer_call(Agent& agent, const routing::Trunk& trunk, msg_t* message, const sip_t& sip) {
  Body body = body_of(sip);
  int status = fault_of(sip);
  if (status == 0) status = body.refusal;
  if (status == 0 && session_wish_of(sip).is_too_small()) status = 422;
  if (status != 0) {
    ++agent.count().malformed;
    agent.reply(message, status, explanation_of(status));
    return;
  }

  const LegId id = LegId::caller(agent.next_call());
  call::CallOffered offered;
  offered.call = id.call;
  offered.trunk = trunk.name;
  offered.dialled = number_of(sip.sip_request->rq_url);
  Identity identity = identity_of(sip, trunk.trusted);
  offered.caller = std::move(identity.number);
  offered.caller_name = std::move(identity.name);
  offered.asserted = std::move(identity.asserted);
  offered.offer = std::move(body.media);
  offered.hops_left = hops_left(sip);
  offered.looped = is_our_own(agent, sip);
  offered.leg_id = sip.sip_call_id->i_id;

  auto leg = std::make_unique<CallerLeg>(agent, id, agent.local_of(message), message, sip);
  leg->trust(trunk.name);
  offered.dialog = leg->dialog_text(sip);
  agent.add(std::move(leg));
  ++agent.count().calls;
  agent.tell(std::move(offered));
}

CallerLeg::CallerLeg(Agent& agent, LegId id, const Local& local, msg_t* message, const sip_t& sip)
    : Leg(agent, id, local) {
  // The leg's own end has a tag from the start, so only requests that carry it belong to it.
  const std::string tag = random_token();
  su_home_t* home = msg_home(message);
  sip_to_t* ours = sip_to_dup(home, sip.sip_to);
  sip_to_tag(home, ours, tag.c_str());
  dialog_ = make_dialog(sip.sip_call_id, ours, sip.sip_from, sip.sip_cseq->cs_seq, kFirstCseq);
  follow(message, sip.sip_record_route, sip.sip_contact, false);

  offer_wanted_ = sip.sip_payload == nullptr || sip.sip_payload->pl_len == 0;
  must_confirm_ = sip_has_feature(sip.sip_require, "100rel") != 0;
  may_confirm_ = must_confirm_ || sip_has_feature(sip.sip_supported, "100rel") != 0;
  terms_ = answer_to(session_wish_of(sip), agent.session_interval());
  note_abilities(sip);

  invite_ = nta_incoming_create(agent.nta(), nullptr, message, const_cast<sip_t*>(&sip), TAG_END());
  HOTLINE_EXPECT(invite_ != nullptr);
  nta_incoming_tag(invite_, tag.c_str());
  nta_incoming_bind(invite_, on_settled, this);
  nta_incoming_treply(invite_, 100, phrase_of(100), TAG_END());
}

CallerLeg::~CallerLeg() {
  if (invite_ == nullptr) return;
  // The server leaves while the caller still waits.
  if (nta_incoming_status(invite_) < 200) say_final(503, reason_of(Cause::shutdown), true);
  nta_incoming_destroy(invite_);
}

std::string CallerLeg::dialog_text(const sip_t& sip) const {
  Dialog dialog = describe();
  dialog.call_id = sip.sip_call_id->i_id;
  dialog.local_uri = text_of(sip.sip_to->a_url);
  dialog.remote_uri = text_of(sip.sip_from->a_url);
  dialog.session = terms_;
  dialog.offer_wanted = offer_wanted_;
  dialog.invite = essence_of(sip);
  return dialog.to_text();
}

void CallerLeg::answer(const call::Media& media) {
  if (stage_ != Stage::early) return;
  stage_ = Stage::answered;
  if (waiting_->next && !waiting_->next->second.empty()) waiting_->early = {};  // never told
  waiting_->next.reset();
  if (waiting_->unconfirmed != nullptr) {
    waiting_->answer = media;
  } else {
    say_answer(media);
  }
}

// Where the caller has a description already, that one stands; another phone's follows after the
// ACK, as a change.
void CallerLeg::say_answer(const call::Media& media) {
  const bool known = !waiting_->early.empty();
  if (known && waiting_->early != media) waiting_->correction = media;
  const call::Media told = !known                    ? media
                           : waiting_->early_is_sure ? call::Media{}
                                                     : waiting_->early;
  const std::string session = session_expires(terms_.interval, !terms_.ours);
  nta_incoming_treply(
      invite_, 200, phrase_of(200), SIPTAG_CONTACT(local_->contact_header),
      SIPTAG_ALLOW(agent_.standing().allow()), SIPTAG_SUPPORTED(agent_.standing().supported()),
      SIPTAG_REQUIRE_STR(terms_.ours ? nullptr : "timer"),
      SIPTAG_SESSION_EXPIRES_STR(session.c_str()), SIPTAG_SERVER_STR(agent_.product()),
      SIPTAG_CONTENT_TYPE(agent_.standing().type_of(told)), SIPTAG_PAYLOAD_STR(or_none(told.body)),
      TAG_END());
  remember(known ? waiting_->early : media);
  waiting_->early = {};
  // Our own socket refused it, and nobody else would ever say so.
  if (nta_incoming_status(invite_) < 200) on_no_ack();
}

void CallerLeg::refuse(Cause cause) {
  if (stage_ != Stage::early) return;
  const CauseCodes codes = codes_of(cause);
  say_final(codes.status, reason_of(cause), codes.retry_later);
  end();
}

void CallerLeg::say_final(int status, const std::string& reason, bool retry_later) {
  const std::string later = std::to_string(kRetryAfter_s);
  nta_incoming_treply(invite_, status, phrase_of(status), SIPTAG_REASON_STR(or_none(reason)),
                      SIPTAG_RETRY_AFTER_STR(retry_later ? later.c_str() : nullptr),
                      SIPTAG_SERVER_STR(agent_.product()), TAG_END());
  nta_incoming_destroy(invite_);
  invite_ = nullptr;
}

// A BYE may not overtake the caller's ACK (RFC 3261 §15).
bool CallerLeg::settle(const std::string& reason) {
  if (stage_ == Stage::up) return true;
  bye_waits_ = reason;
  return false;
}

// A BYE instead of an ACK says enough; instead of a CANCEL it is one.
void CallerLeg::peer_left() {
  if (stage_ == Stage::early || waiting_->answer) on_cancel();
}

// sofia speaks of our INVITE again: its ACK, a CANCEL, or nothing for too long.
int CallerLeg::on_settled(Leg* self, nta_incoming_t* invite, const sip_t* sip) noexcept {
  auto& leg = static_cast<CallerLeg&>(*self);
  const bool unanswered = leg.stage_ == Stage::early || leg.waiting_->answer;
  if (sip == nullptr) {
    nta_incoming_status(invite) < 200 ? leg.on_silence() : leg.on_no_ack();
  } else if (sip->sip_request->rq_method == sip_method_ack) {
    leg.on_ack(*sip);
  } else if (sip->sip_request->rq_method == sip_method_cancel && unanswered) {
    leg.on_cancel();
  }
  return 0;
}

}  // namespace hotline::sip
