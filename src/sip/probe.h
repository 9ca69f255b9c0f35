// One OPTIONS to a gateway (RFC 3261 §11): is it there? Any final answer says yes, but for 408 and
// 503, which a proxy in front of a dead gateway gives.
// Thread: the loop's.
#pragma once

#include <optional>
#include <string>

#include "sip/gateways.h"
#include "sip/headers.h"
#include "sip/loop.h"

namespace hotline::sip {

class GatewayWatch;

class Probe {
 public:
  // Asks; tells the watch once, never from inside here.
  Probe(Agent& agent, GatewayWatch& watch, GatewayId id, const routing::Endpoint& endpoint);
  ~Probe();
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

 private:
  bool begin(const routing::Endpoint& endpoint);
  void send(const std::string& proof);
  // Sends it once more where the gateway asks who we are.
  bool prove(const sip_t& answer);
  static int on_answer(Leg* self, nta_outgoing_t* request, const sip_t* sip) noexcept;

  Agent& agent_;
  GatewayWatch& watch_;
  GatewayId id_;
  std::string target_;
  const Local* local_ = nullptr;
  int cseq_ = 0;
  nta_leg_t* dialog_ = nullptr;
  nta_outgoing_t* request_ = nullptr;
  std::optional<Timer> patience_;
};

}  // namespace hotline::sip
