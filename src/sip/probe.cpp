#include "sip/probe.h"

#include "sip/agent.h"
#include "sip/digest.h"
#include "sip/gateway_watch.h"
#include "sip/home.h"
#include "sip/uri.h"

namespace hotline::sip {

Probe::Probe(Agent& agent, GatewayWatch& watch, GatewayId id, const routing::Endpoint& endpoint)
    : agent_(agent), watch_(watch), id_(id) {
  if (begin(endpoint)) send({});
  const Milliseconds patience = request_ == nullptr ? Milliseconds(0) : kSilence;
  patience_.emplace(agent_.loop(), patience, [this] {
    watch_.probe_missed(id_, request_ == nullptr ? Missed::unreachable : Missed::silent);
  });
}

Probe::~Probe() {
  if (request_ != nullptr) nta_outgoing_destroy(request_);
  if (dialog_ != nullptr) nta_leg_destroy(dialog_);
}

bool Probe::begin(const routing::Endpoint& endpoint) {
  if (!Address::parse(endpoint.host)) return false;
  target_ = uri_at(endpoint, {});
  local_ = &agent_.local_for(target_);
  Home home;
  sip_from_t* from = sip_from_make(home, local_->contact.c_str());
  const sip_to_t* to = sip_to_make(home, ("<" + target_ + ">").c_str());
  if (from == nullptr || to == nullptr) return false;
  sip_from_tag(home, from, random_token().c_str());
  dialog_ = nta_leg_tcreate(agent_.nta(), nullptr, nullptr,
                            SIPTAG_CALL_ID(sip_call_id_make(home, random_token().c_str())),
                            SIPTAG_FROM(from), SIPTAG_TO(to), TAG_END());
  return dialog_ != nullptr;
}

void Probe::send(const std::string& proof) {
  const std::string cseq = std::to_string(++cseq_) + " OPTIONS";
  // The library keeps a pointer for us and asks no questions: here it is not a leg.
  request_ = nta_outgoing_tcreate(
      dialog_, on_answer, reinterpret_cast<Leg*>(this), nullptr, SIP_METHOD_OPTIONS,
      reinterpret_cast<const url_string_t*>(target_.c_str()), SIPTAG_CSEQ_STR(cseq.c_str()),
      SIPTAG_MAX_FORWARDS_STR("70"), SIPTAG_CONTACT(local_->contact_header),
      SIPTAG_ACCEPT_STR(kSdp), SIPTAG_USER_AGENT_STR(agent_.product()),
      SIPTAG_HEADER_STR(or_none(proof)), TAG_END());
}

// Not for our sake: the answer is enough. Carriers lock out who never proves himself.
bool Probe::prove(const sip_t& answer) {
  const std::string* trunk = watch_.trunk_of(id_);
  if (trunk == nullptr || cseq_ > 2) return false;
  const std::string proof = proof_for(agent_, *trunk, request_, answer);
  if (proof.empty()) return false;
  nta_outgoing_destroy(request_);
  send(proof);
  return request_ != nullptr;
}

int Probe::on_answer(Leg* self, nta_outgoing_t* request, const sip_t* sip) noexcept {
  constexpr int timeout = 408;
  const int status = nta_outgoing_status(request);
  if (status < 200) return 0;
  Probe& probe = *reinterpret_cast<Probe*>(self);
  const bool by_us = sip == nullptr || nta_sip_is_internal(sip) != 0;
  if (status == timeout) {
    probe.watch_.probe_missed(probe.id_, Missed::silent);
  } else if (by_us) {
    probe.watch_.probe_missed(probe.id_, Missed::unreachable);
  } else if (!probe.prove(*sip)) {
    probe.watch_.probe_heard(probe.id_, status, *sip);
  }
  return 0;
}

}  // namespace hotline::sip
