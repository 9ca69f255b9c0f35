// Reliable provisional answers and PRACK (RFC 3262), hop by hop: what we tell a caller while it
// waits, and what phones tell us while they ring.
//
// Towards callers sofia numbers, repeats and matches; one answer at a time is under way. Phones are
// matched here, each fork behind a phone by itself, for sofia counts them all as one.
#include <algorithm>

#include "hotline/base/lasting.h"

#include "sip/home.h"
#include "sip/invite_in.h"
#include "sip/invite_out.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr std::size_t kMostForks = 8;
constexpr Milliseconds kRepeat{60'000};  // as sofia does by itself with unreliable ones

}  // namespace

// --- to the caller -----------------------------------------------------------------------------

void CallerLeg::tell_ringing(const call::Media& early) {
  if (stage_ != Stage::early) return;
  constexpr int kRinging = 180;
  constexpr int kProgress = 183;
  if (!early.empty() && waiting_->early.empty() && !offer_wanted_) {
    waiting_->early = early;
    say_provisional(kProgress, early);
  } else if (waiting_->said_status != kRinging) {
    say_provisional(kRinging, {});  // from here sofia repeats it each minute, for proxies
  }
}

void CallerLeg::say_provisional(int status, const call::Media& media) {
  // The first reliable answer to an INVITE without an offer has to be one (RFC 3261 §13.2.1).
  if (must_confirm_ && offer_wanted_) return;
  waiting_->said_status = status;
  if (waiting_->unconfirmed != nullptr) {
    waiting_->next.emplace(status, media);
    return;
  }
  if (must_confirm_ || (may_confirm_ && !media.empty())) {
    waiting_->unconfirmed = nta_reliable_treply(
        invite_, on_prack, this, status, phrase_of(status), SIPTAG_CONTACT(local_->contact_header),
        SIPTAG_ALLOW(agent_.standing().allow()), SIPTAG_SERVER_STR(agent_.product()),
        SIPTAG_CONTENT_TYPE(agent_.standing().type_of(media)),
        SIPTAG_PAYLOAD_STR(or_none(media.body)), TAG_END());
    return;
  }
  nta_incoming_treply(invite_, status, phrase_of(status), SIPTAG_CONTACT(local_->contact_header),
                      SIPTAG_ALLOW(agent_.standing().allow()), SIPTAG_SERVER_STR(agent_.product()),
                      SIPTAG_CONTENT_TYPE(agent_.standing().type_of(media)),
                      SIPTAG_PAYLOAD_STR(or_none(media.body)), TAG_END());
}

// `prack` null: nobody confirms it any more, for a final answer is on its way.
int CallerLeg::on_prack(Leg* self, nta_reliable_t* provisional, nta_incoming_t* prack,
                        const sip_t* sip) noexcept {
  auto& leg = static_cast<CallerLeg&>(*self);
  nta_reliable_destroy(provisional);
  leg.waiting_->unconfirmed = nullptr;
  if (prack == nullptr || sip == nullptr) return 0;
  // An offer in it would need the phone's answer before the phone has given one.
  const bool offers = sip->sip_payload != nullptr && sip->sip_payload->pl_len > 0;
  const int status = offers ? 488 : 200;
  nta_incoming_treply(prack, status, phrase_of(status), SIPTAG_SERVER_STR(leg.agent_.product()),
                      TAG_END());
  nta_incoming_destroy(prack);
  leg.on_confirmed_provisional();
  return status;
}

void CallerLeg::on_confirmed_provisional() {
  if (!waiting_->early.empty() && !(waiting_->next && !waiting_->next->second.empty())) {
    waiting_->early_is_sure = true;
  }
  if (waiting_->answer) {
    const call::Media answer = *std::exchange(waiting_->answer, std::nullopt);
    return say_answer(answer);
  }
  if (stage_ != Stage::early) return;
  if (waiting_->next) {
    const auto next = *std::exchange(waiting_->next, std::nullopt);
    return say_provisional(next.first, next.second);
  }
  waiting_->repeat.emplace(agent_.loop(), kRepeat, [this] {
    if (stage_ == Stage::early && waiting_->unconfirmed == nullptr)
      say_provisional(waiting_->said_status, {});
  });
}

// Nothing for as long as a provisional answer was repeated (RFC 3262 §3).
void CallerLeg::on_silence() {
  if (stage_ != Stage::ended) agent_.tell(call::CallerLost{id_.call});
  say_final(504, reason_of(Cause::caller_lost), false);
  end();
}

// --- from a phone ------------------------------------------------------------------------------

// The dialog is that of this fork from now on; our numbers go on rising, whoever is asked.
void PhoneLeg::follow_fork(const char* tag) {
  const char* now = nta_leg_get_rtag(dialog_);
  if (now == nullptr) {
    const Lasting lasting;
    nta_leg_rtag(dialog_, tag);
    return;
  }
  if (std::string_view(now) == tag) return;
  msg_t* message = nta_outgoing_getrequest(invite_);
  const sip_t& invite = *sip_object(message);
  Home home;
  sip_to_t* to = sip_to_dup(home, invite.sip_to);
  sip_to_tag(home, to, tag);
  const std::uint32_t cseq = nta_leg_get_seq(dialog_);
  nta_leg_destroy(dialog_);
  dialog_ = make_dialog(invite.sip_call_id, invite.sip_from, to, 0, cseq);
  msg_destroy(message);
}

PhoneLeg::Fork* PhoneLeg::fork_of(const char* tag) {
  const auto found = std::find_if(calling_->forks.begin(), calling_->forks.end(),
                                  [tag](const Fork& fork) { return fork.tag == tag; });
  return found == calling_->forks.end() ? nullptr : &*found;
}

// Confirms it where it is the next in order. False: it is not to be looked at.
bool PhoneLeg::take_reliable(const sip_t& sip) {
  if (!calling_->asked_reliably || sip.sip_to->a_tag == nullptr || !is_sane(sip.sip_contact) ||
      !is_sane(sip.sip_record_route)) {
    return false;
  }
  const auto number = static_cast<std::uint32_t>(sip.sip_rseq->rs_response);
  Fork* fork = fork_of(sip.sip_to->a_tag);
  if (fork == nullptr) {
    if (calling_->forks.size() == kMostForks) return false;
    fork = &calling_->forks.emplace_back();
    fork->tag = sip.sip_to->a_tag;
  } else if (number != fork->last + 1) {
    return false;  // said before, or another is missing (RFC 3262 §4)
  }
  fork->last = number;
  Body body = body_of(sip);
  if (fork->answer.empty() && body.refusal == 0) fork->answer = std::move(body.media);

  follow_fork(sip.sip_to->a_tag);
  msg_t* message = nta_outgoing_getresponse(invite_);
  follow(message, sip.sip_record_route, sip.sip_contact, true);
  msg_destroy(message);
  const std::string rack =
      std::to_string(number) + " " + std::to_string(sip.sip_cseq->cs_seq) + " INVITE";
  send_prack(rack, {});
  return true;
}

// Sofia repeats it until it is answered, whatever the answer.
void PhoneLeg::send_prack(const std::string& rack, const std::string& proof) {
  if (prack_ != nullptr) nta_outgoing_destroy(prack_);
  prack_ =
      nta_outgoing_tcreate(dialog_, on_pracked, this, next_hop(), SIP_METHOD_PRACK, nullptr,
                           SIPTAG_RACK_STR(rack.c_str()), SIPTAG_USER_AGENT_STR(agent_.product()),
                           SIPTAG_HEADER_STR(or_none(proof)), TAG_END());
}

// A trunk may ask who we are even here.
int PhoneLeg::on_pracked(Leg* self, nta_outgoing_t* prack, const sip_t* sip) noexcept {
  auto& leg = static_cast<PhoneLeg&>(*self);
  if (nta_outgoing_status(prack) < 300) return 0;
  const std::string proof = leg.prove(prack, sip);
  const char* fork = nta_leg_get_rtag(leg.dialog_);
  if (proof.empty() || fork == nullptr || sip->sip_to->a_tag == nullptr ||
      std::string_view(fork) != sip->sip_to->a_tag) {
    return 0;
  }
  msg_t* message = nta_outgoing_getrequest(prack);
  const sip_rack_t& confirmed = *sip_object(message)->sip_rack;
  const std::string rack =
      std::to_string(confirmed.ra_response) + " " + std::to_string(confirmed.ra_cseq) + " INVITE";
  msg_destroy(message);
  leg.send_prack(rack, proof);
  return 0;
}

}  // namespace hotline::sip
