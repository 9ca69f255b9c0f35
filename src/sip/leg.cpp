#include "sip/leg.h"

#include "hotline/base/contract.h"
#include "hotline/base/lasting.h"

#include "sip/digest.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {

void* Leg::operator new(std::size_t size) {
  const Lasting lasting;
  return ::operator new(size);
}

void Leg::operator delete(void* leg) { ::operator delete(leg); }

Leg::Leg(Agent& agent, LegId id, const Local& local) : agent_(agent), id_(id), local_(&local) {}

Leg::~Leg() {
  drop_changes();
  drop_transfer();
  keys_out_.reset();
  probing_.reset();
  if (bye_ != nullptr) nta_outgoing_destroy(bye_);
  if (dialog_ != nullptr) nta_leg_destroy(dialog_);
  for (const Address& address : learned_) agent_.peers().forget(address, Loop::now());
}

nta_leg_t* Leg::make_dialog(const sip_call_id_t* call_id, const sip_from_t* local,
                            const sip_to_t* remote, std::uint32_t remote_cseq,
                            std::uint32_t local_cseq) {
  const Lasting lasting;
  const std::string cseq = std::to_string(local_cseq) + " INVITE";
  nta_leg_t* dialog = nta_leg_tcreate(
      agent_.nta(), on_request, this, SIPTAG_CALL_ID(call_id), SIPTAG_FROM(local),
      SIPTAG_TO(remote), SIPTAG_CSEQ_STR(cseq.c_str()), NTATAG_REMOTE_CSEQ(remote_cseq), TAG_END());
  HOTLINE_EXPECT(dialog != nullptr);
  return dialog;
}

void Leg::follow(const msg_t* carrier, const sip_record_route_t* route,
                 const sip_contact_t* contact, bool client) {
  const Lasting lasting;
  if (client) {
    nta_leg_client_reroute(dialog_, route, contact, stage_ == Stage::early ? 1 : 0);
  } else {
    nta_leg_server_route(dialog_, route, contact);
  }
  const sip_route_t* first = nullptr;
  const sip_contact_t* target = nullptr;
  nta_leg_get_route(dialog_, &first, &target);
  const url_t* next = first != nullptr ? first->r_url : target->m_url;
  next_hop_.clear();
  if (!agent_.can_reach(next)) next_hop_ = uri_of(source_of(carrier), transport_of(carrier));
  learn(Address::of(source_of(carrier)));
  if (const auto address = host_of(next)) learn(*address);
}

void Leg::refresh_target(const msg_t* carrier, const sip_contact_t* contact, bool client) {
  const std::string before = describe_target().target_text();
  follow(carrier, nullptr, contact, client);
  std::string target = describe_target().target_text();
  if (target != before) agent_.tell(call::TargetRefreshed{id_, std::move(target)});
}

void Leg::learn(const Address& address) {
  const Lasting lasting;
  for (const Address& known : learned_) {
    if (known == address) return;
  }
  learned_.push_back(address);
  agent_.peers().learn(address);
}

url_string_t* Leg::next_hop() const {
  if (next_hop_.empty()) return nullptr;
  return reinterpret_cast<url_string_t*>(const_cast<char*>(next_hop_.c_str()));
}

std::string Leg::prove(nta_outgoing_t* request, const sip_t* answer) {
  constexpr int most = 64;  // nonces grow old in a long call; this many do not
  if (answer == nullptr || trunk_.empty() || proofs_ == most) return {};
  std::string header = proof_for(agent_, trunk_, request, *answer);
  if (!header.empty()) ++proofs_;
  return header;
}

Dialog Leg::describe_target() const {
  Dialog text;
  text.next_hop = next_hop_;
  const sip_contact_t* target = nullptr;
  nta_leg_get_route(dialog_, nullptr, &target);
  if (target != nullptr) text.target = text_of(target->m_url);
  return text;
}

Dialog Leg::describe() const {
  Dialog text = describe_target();
  text.local_cseq = nta_leg_get_seq(dialog_);
  text.remote_cseq = nta_leg_get_rseq(dialog_);
  text.trunk = trunk_;
  text.takes_update = takes_update_;
  text.said = said_.body;
  if (const char* tag = nta_leg_get_tag(dialog_)) text.local_tag = tag;
  if (const char* tag = nta_leg_get_rtag(dialog_)) text.remote_tag = tag;
  const sip_route_t* route = nullptr;
  nta_leg_get_route(dialog_, &route, nullptr);
  for (; route != nullptr; route = route->r_next) text.route.push_back(text_of(route->r_url));
  return text;
}

void Leg::note_abilities(const sip_t& sip) {
  if (sip.sip_allow == nullptr) return;
  takes_update_ = sip_is_allowed(sip.sip_allow, SIP_METHOD_UPDATE) != 0;
  if (takes_update_) said_ = {};
}

void Leg::remember(const call::Media& said) {
  const Lasting lasting;
  if (!takes_update_ && !said.empty()) said_ = said;
}

void Leg::end() {
  stage_ = Stage::ended;
  drop_changes();
  session_timer_.reset();
  keys_out_.reset();
  probing_.reset();
  if (bye_ == nullptr) agent_.bury(id_);
}

// A request of the peer inside the dialog.
int Leg::on_request(Leg* self, nta_leg_t*, nta_incoming_t* request, const sip_t* sip) noexcept {
  const sip_method_t method = sip->sip_request->rq_method;
  if (method == sip_method_ack) return 200;  // a late one: sofia drops it
  if (const std::string lacking = unknown_extensions(*sip); !lacking.empty()) {
    nta_incoming_treply(request, 420, phrase_of(420), SIPTAG_UNSUPPORTED_STR(lacking.c_str()),
                        SIPTAG_SERVER_STR(self->agent_.product()), TAG_END());
    return 420;
  }
  switch (method) {
    case sip_method_bye:
      return self->on_bye(request, *sip);
    case sip_method_invite:
      return self->on_reinvite(request, *sip);
    case sip_method_update:
      return self->on_update(request, *sip);
    case sip_method_info:
      return self->on_info(request, *sip);
    case sip_method_options:
      answer_options(self->agent_, self->allow(), request);
      return 200;
    case sip_method_refer:
      return self->on_refer(request, *sip);
    case sip_method_unknown:
      return 501;
    default:
      break;
  }
  return self->refuse(request, 405);
}

}  // namespace hotline::sip
