// The trunks' gateways on the loop: what gateways.h knows of them, by the loop's clock, and the
// OPTIONS (RFC 3261 §11) that ask each whether it is there.
// Thread: the loop's.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hotline/base/ids.h"

#include "sip/gateways.h"
#include "sip/loop.h"

namespace hotline::sip {

class Probe;

class GatewayWatch {
 public:
  GatewayWatch(Agent& agent, Gateways::Tell tell);
  ~GatewayWatch();
  GatewayWatch(const GatewayWatch&) = delete;
  GatewayWatch& operator=(const GatewayWatch&) = delete;

  void use(const std::vector<routing::Trunk>& trunks);

  std::vector<GatewayId> choose(const std::string& trunk);
  bool takes_calls(GatewayId id) const;
  const routing::Endpoint* endpoint(GatewayId id) const { return gateways_.endpoint(id); }
  const std::string* trunk_of(GatewayId id) const { return gateways_.trunk_of(id); }
  std::vector<TrunkView> view() const;

  // What became of a call's INVITE. `answer`: any response that came.
  void heard(GatewayId id, int status, const sip_t& answer);
  void missed(GatewayId id, Missed how);

  // --- for probes
  void probe_heard(GatewayId id, int status, const sip_t& answer);
  void probe_missed(GatewayId id, Missed how);

 private:
  void arm();
  void ask_due();
  void probe_over(GatewayId id);
  // It went down: the calls that wait for it in vain need not wait on.
  void strand(GatewayId id);
  void rescue();

  Agent& agent_;
  Gateways gateways_;
  std::map<GatewayId, std::unique_ptr<Probe>> probes_;  // those under way
  Instant wakes_at_ = Instant::max();
  std::optional<Timer> timer_;
  std::deque<std::pair<LegId, GatewayId>> stranded_;
  std::optional<Timer> rescue_;
};

}  // namespace hotline::sip
