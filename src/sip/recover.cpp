#include "sip/recover.h"

#include "sip/home.h"
#include "sip/reason.h"

namespace hotline::sip {
namespace {

// Far above anything the dead process can have sent.
constexpr std::uint32_t kCseqLeap = 10'000;

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

RecoveredLeg::RecoveredLeg(Agent& agent, LegId id, const Local& local, const Dialog& dialog)
    : Leg(agent, id, local) {
  trust(dialog.trunk);
  Home home;
  sip_from_t* ours = sip_from_make(home, ("<" + dialog.local_uri + ">").c_str());
  sip_to_t* theirs = sip_to_make(home, ("<" + dialog.remote_uri + ">").c_str());
  sip_contact_t* target = sip_contact_make(home, ("<" + dialog.target + ">").c_str());
  sip_call_id_t* call_id = sip_call_id_make(home, dialog.call_id.c_str());
  if (ours != nullptr && theirs != nullptr && target != nullptr && call_id != nullptr) {
    sip_from_tag(home, ours, dialog.local_tag.c_str());
    sip_to_tag(home, theirs, dialog.remote_tag.c_str());
    dialog_ = make_dialog(call_id, ours, theirs, dialog.remote_cseq, dialog.local_cseq + kCseqLeap);
    resume(route_list<sip_record_route_t>(home, dialog.route, sip_record_route_make), target,
           dialog.next_hop);
    stage_ = Stage::up;
  }
}

void RecoveredLeg::bye() {
  if (stage_ == Stage::up) {
    send_bye(reason_of(Cause::crash));
  } else {
    end();
  }
}

void refuse_recovered(Agent& agent, const Dialog& dialog) {
  msg_t* message = msg_make(sip_default_mclass(), 0, dialog.invite.data(),
                            static_cast<ssize_t>(dialog.invite.size()));
  const sip_t* sip = sip_object(message);
  if (sip == nullptr || sip->sip_request == nullptr || sip_sanity_check(sip) < 0) {
    msg_destroy(message);
    return;
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
  nta_incoming_treply(invite, 503, phrase_of(503),
                      SIPTAG_REASON_STR(reason_of(Cause::crash).c_str()),
                      SIPTAG_SERVER_STR(agent.product()), TAG_END());
  nta_incoming_destroy(invite);
}

}  // namespace hotline::sip
