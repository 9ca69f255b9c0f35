#include "sip/recover.h"

#include "sip/home.h"
#include "sip/invite_in.h"
#include "sip/invite_out.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

// Far above anything the dead process can have sent; each life's calls have higher numbers than
// those of the one before, by 2^16 a millisecond. So the next process begins above this one again:
// nobody sends ten requests a second inside a dialog.
std::uint32_t cseq_after(std::uint32_t last, CallRef first_of_this_life) {
  constexpr std::uint32_t leap = 10'000;
  constexpr std::uint64_t tenth_of_a_second = 100ULL << 16;
  constexpr std::uint64_t bound = 1'000'000'000;  // RFC 3261 §8.1.1.5: below 2^31
  const std::uint64_t lives = first_of_this_life.value / tenth_of_a_second % bound;
  return last + leap + static_cast<std::uint32_t>(lives);
}

template <class Header, class Make>
Header* route_list(su_home_t* home, const std::vector<std::string>& uris, Make make) {
  Header* first = nullptr;
  Header** next = &first;
  for (const std::string& uri : uris) {
    *next = make(home, ("<" + uri + ">").c_str());
    if (*next != nullptr) next = &(*next)->r_next;
  }
  return first;
}

}  // namespace

bool Leg::take_up(const Dialog& dialog, const call::Media& said) {
  Home home;
  sip_from_t* ours = sip_from_make(home, ("<" + dialog.local_uri + ">").c_str());
  sip_to_t* theirs = sip_to_make(home, ("<" + dialog.remote_uri + ">").c_str());
  sip_contact_t* target = sip_contact_make(home, ("<" + dialog.target + ">").c_str());
  sip_call_id_t* call_id = sip_call_id_make(home, dialog.call_id.c_str());
  if (ours == nullptr || theirs == nullptr || target == nullptr || call_id == nullptr) return false;
  trust(dialog.trunk);
  sip_from_tag(home, ours, dialog.local_tag.c_str());
  sip_to_tag(home, theirs, dialog.remote_tag.c_str());
  dialog_ = make_dialog(call_id, ours, theirs, dialog.remote_cseq,
                        cseq_after(dialog.local_cseq, agent_.first_call()));
  resume(route_list<sip_record_route_t>(home, dialog.route, sip_record_route_make), target,
         dialog.next_hop);
  takes_update_ = dialog.takes_update;
  remember(said);
  return true;
}

void Leg::resume(const sip_record_route_t* route, const sip_contact_t* target,
                 const std::string& hop) {
  nta_leg_server_route(dialog_, route, target);  // keeps the order, and routes loosely
  next_hop_ = hop;
  const url_t* next = route != nullptr ? route->r_url : target->m_url;
  if (const auto address = hop.empty() ? host_of(next) : host_of(hop)) learn(*address);
}

std::unique_ptr<CallerLeg> CallerLeg::revive(Agent& agent, LegId id, const Dialog& dialog,
                                             const call::Media& said, bool is_confirmed) {
  if (!is_confirmed && (said.empty() || dialog.offer_wanted)) return nullptr;
  std::unique_ptr<CallerLeg> leg(new CallerLeg(agent, id, agent.local_for(dialog.target)));
  if (!leg->take_up(dialog, said)) return nullptr;
  leg->terms_ = dialog.session;
  if (is_confirmed) {
    leg->stage_ = Stage::up;
    leg->waiting_.reset();
    leg->start_session(dialog.session);
    return leg;
  }
  leg->invite_ = reopen_invite(agent, dialog);
  if (leg->invite_ == nullptr) return nullptr;
  nta_incoming_bind(leg->invite_, on_settled, leg.get());
  return leg;
}

std::unique_ptr<PhoneLeg> PhoneLeg::revive(Agent& agent, LegId id, const Dialog& dialog) {
  std::unique_ptr<PhoneLeg> leg(new PhoneLeg(agent, id, agent.local_for(dialog.target)));
  if (!leg->take_up(dialog, {kSdp, dialog.said})) return nullptr;
  leg->stage_ = Stage::up;
  leg->start_session(dialog.session);
  return leg;
}

// --- is it still there? -------------------------------------------------------------------------

void Leg::probe_after(Milliseconds delay) {
  probing_ = std::make_unique<Probing>();
  probing_->wait.emplace(agent_.loop(), delay, [this] { send_probe(); });
}

void Leg::send_probe() {
  probing_->wait.reset();
  probing_->request =
      nta_outgoing_tcreate(dialog_, on_probe_answered, this, next_hop(), SIP_METHOD_OPTIONS,
                           nullptr, SIPTAG_CONTACT(local_->contact_header), SIPTAG_ACCEPT_STR(kSdp),
                           SIPTAG_USER_AGENT_STR(agent_.product()), TAG_END());
  if (probing_->request == nullptr) agent_.tell(call::LegProbed{id_, false});
}

// Whoever knows nothing of the dialog says 481, whoever is gone says nothing; any other answer is a
// sign of life (RFC 3261 §12.2.1.2).
int Leg::on_probe_answered(Leg* self, nta_outgoing_t* probe, const sip_t* sip) noexcept {
  const int status = nta_outgoing_status(probe);
  if (status < 200) return 0;
  const bool by_us = sip == nullptr || nta_sip_is_internal(sip) != 0;
  self->agent_.tell(call::LegProbed{self->id_, !by_us && status != 481 && status != 408});
  self->probing_.reset();
  return 0;
}

// --- who was ringing ----------------------------------------------------------------------------

nta_incoming_t* reopen_invite(Agent& agent, const Dialog& dialog) {
  msg_t* message = msg_make(sip_default_mclass(), 0, dialog.invite.data(),
                            static_cast<ssize_t>(dialog.invite.size()));
  const sip_t* sip = sip_object(message);
  if (sip == nullptr || sip->sip_request == nullptr || sip_sanity_check(sip) < 0) {
    msg_destroy(message);
    return nullptr;
  }
  const auto caller = Address::parse(sip->sip_via->v_received != nullptr ? sip->sip_via->v_received
                                                                         : sip->sip_via->v_host);
  // Without a transport of its own sofia borrows one, and gives it back as if it were its own.
  const bool stream = std::string_view(sip->sip_via->v_protocol) == sip_transport_tcp;
  tport_t* transport = agent.transport_of(agent.local_towards(
      caller.value_or(Address{}), stream ? routing::Transport::tcp : routing::Transport::udp));
  nta_incoming_t* invite = nta_incoming_create(
      agent.nta(), nullptr, message, const_cast<sip_t*>(sip), NTATAG_TPORT(transport), TAG_END());
  nta_incoming_tag(invite, dialog.local_tag.c_str());
  return invite;
}

void refuse_recovered(Agent& agent, const Dialog& dialog) {
  nta_incoming_t* invite = reopen_invite(agent, dialog);
  if (invite == nullptr) return;
  const std::string later = std::to_string(kRetryAfter_s);
  nta_incoming_treply(invite, 503, phrase_of(503), SIPTAG_RETRY_AFTER_STR(later.c_str()),
                      SIPTAG_REASON_STR(reason_of(Cause::crash).c_str()),
                      SIPTAG_SERVER_STR(agent.product()), TAG_END());
  nta_incoming_destroy(invite);
}

}  // namespace hotline::sip
