// INVITE from a caller (RFC 3261 §13.3, §8.2). The checks run before sofia makes anything of the
// request, so what they refuse costs no memory.
#include "sip/invite_in.h"

#include "hotline/base/contract.h"

#include "sip/identity.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr int kDefaultHops = 70;
constexpr int kRetryAfter_s = 5;
constexpr std::uint32_t kFirstCseq = 1;  // low, so that a restart can leap above it

// The headers that an answer to this INVITE is made of, as a message of their own.
std::string essence_of(const sip_t& sip) {
  msg_t* copy = msg_create(sip_default_mclass(), 0);
  sip_t* parts = sip_object(copy);
  sip_add_tl(copy, parts, SIPTAG_REQUEST(sip.sip_request), SIPTAG_VIA(sip.sip_via),
             SIPTAG_FROM(sip.sip_from), SIPTAG_TO(sip.sip_to), SIPTAG_CALL_ID(sip.sip_call_id),
             SIPTAG_CSEQ(sip.sip_cseq), SIPTAG_CONTENT_LENGTH_STR("0"),
             SIPTAG_SEPARATOR_STR("\r\n"), TAG_END());
  std::size_t size = 0;
  char* text = msg_as_string(msg_home(copy), copy, nullptr, 0, &size);
  std::string essence = text == nullptr ? std::string() : std::string(text, size);
  msg_destroy(copy);
  return essence;
}

int hops_left(const sip_t& sip) {
  if (sip.sip_max_forwards == nullptr) return kDefaultHops;
  return static_cast<int>(std::min<unsigned long>(sip.sip_max_forwards->mf_count, 255));
}

// Says what is wrong with the request itself; 0: nothing.
int fault_of(const sip_t& sip) {
  const url_t* uri = sip.sip_request->rq_url;
  if (uri->url_type != url_sip && uri->url_type != url_sips && uri->url_type != url_tel) return 416;
  if (sip.sip_from->a_tag == nullptr) return 400;
  if (!is_sane(sip.sip_contact) || !is_sane(sip.sip_record_route)) return 400;
  return 0;
}

std::string explanation_of(int status) {
  if (status == 415) return std::string("Accept: ") + kSdp;
  if (status == 488) return "Reason: " + reason_of(Cause::media_unsupported);
  return {};
}

}  // namespace

void offer_call(Agent& agent, const routing::Trunk& trunk, msg_t* message, const sip_t& sip) {
  Body body = body_of(sip);
  int status = fault_of(sip);
  if (status == 0) status = body.refusal;
  // An INVITE without an offer would need the phone's offer carried to the caller and the
  // caller's answer back in two ACKs; that is M2's.
  if (status == 0 && body.media.empty()) status = 488;
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
  offered.offer = std::move(body.media);
  offered.hops_left = hops_left(sip);
  offered.leg_id = sip.sip_call_id->i_id;

  auto leg = std::make_unique<CallerLeg>(agent, id, agent.local_of(message), message, sip);
  leg->trust(trunk.name);
  offered.dialog = leg->dialog_text(sip);
  agent.add(std::move(leg));
  ++agent.count().calls;
  agent.tell(std::move(offered));
}

CallerLeg::CallerLeg(Agent& agent, LegId id, const Local& local, msg_t* message, const sip_t& sip)
    : Leg(agent, id, local), tag_(random_token()) {
  // The leg's own end has a tag from the start, so only requests that carry it belong to it.
  su_home_t* home = msg_home(message);
  sip_to_t* ours = sip_to_dup(home, sip.sip_to);
  sip_to_tag(home, ours, tag_.c_str());
  dialog_ = make_dialog(sip.sip_call_id, ours, sip.sip_from, sip.sip_cseq->cs_seq, kFirstCseq);
  follow(message, sip.sip_record_route, sip.sip_contact, false);

  invite_ = nta_incoming_create(agent.nta(), nullptr, message, const_cast<sip_t*>(&sip), TAG_END());
  HOTLINE_EXPECT(invite_ != nullptr);
  nta_incoming_tag(invite_, tag_.c_str());
  nta_incoming_bind(invite_, on_settled, this);
  nta_incoming_treply(invite_, 100, phrase_of(100), TAG_END());
}

CallerLeg::~CallerLeg() {
  if (invite_ == nullptr) return;
  // The server leaves while the caller still waits.
  if (stage_ == Stage::early) say_final(503, reason_of(Cause::shutdown), true);
  nta_incoming_destroy(invite_);
}

std::string CallerLeg::dialog_text(const sip_t& sip) const {
  Dialog dialog = describe();
  dialog.call_id = sip.sip_call_id->i_id;
  dialog.local_uri = text_of(sip.sip_to->a_url);
  dialog.remote_uri = text_of(sip.sip_from->a_url);
  dialog.invite = essence_of(sip);
  return dialog.to_text();
}

void CallerLeg::tell_ringing() {
  if (stage_ != Stage::early || rings_) return;
  rings_ = true;  // from here sofia repeats it each minute, which keeps proxies from giving up
  nta_incoming_treply(invite_, 180, phrase_of(180), SIPTAG_CONTACT_STR(local_.contact.c_str()),
                      SIPTAG_ALLOW_STR(kAllow), SIPTAG_SERVER_STR(agent_.product()), TAG_END());
}

void CallerLeg::answer(const call::Media& media) {
  if (stage_ != Stage::early) return;
  stage_ = Stage::answered;
  nta_incoming_treply(invite_, 200, phrase_of(200), SIPTAG_CONTACT_STR(local_.contact.c_str()),
                      SIPTAG_ALLOW_STR(kAllow), SIPTAG_SERVER_STR(agent_.product()),
                      SIPTAG_CONTENT_TYPE_STR(or_none(media.type)),
                      SIPTAG_PAYLOAD_STR(or_none(media.body)), TAG_END());
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
  if (stage_ == Stage::early) on_cancel();
}

// sofia speaks of our INVITE again: its ACK, a CANCEL, or nothing for too long.
int CallerLeg::on_settled(Leg* self, nta_incoming_t*, const sip_t* sip) noexcept {
  auto& leg = static_cast<CallerLeg&>(*self);
  if (sip == nullptr) {
    leg.on_no_ack();
  } else if (sip->sip_request->rq_method == sip_method_ack) {
    leg.on_ack();
  } else if (sip->sip_request->rq_method == sip_method_cancel && leg.stage_ == Stage::early) {
    leg.on_cancel();
  }
  return 0;
}

}  // namespace hotline::sip
