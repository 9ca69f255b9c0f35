#include "sip/gateway_watch.h"

#include <algorithm>

#include "sip/agent.h"
#include "sip/leg.h"
#include "sip/probe.h"

namespace hotline::sip {
namespace {

Seconds retry_after_of(const sip_t& answer) {
  constexpr unsigned long most = 86'400;  // bounded again where it counts
  const sip_retry_after_t* after = answer.sip_retry_after;
  return Seconds(after == nullptr ? 0 : std::min<unsigned long>(after->af_delta, most));
}

// Stranded calls go on in small groups: all at once, four seconds' worth of calls would be more
// than the next gateway takes.
constexpr std::size_t kGroup = 10;
constexpr Milliseconds kBetweenGroups{10};

}  // namespace

GatewayWatch::GatewayWatch(Agent& agent, Gateways::Tell tell)
    : agent_(agent), gateways_(std::move(tell)) {}

GatewayWatch::~GatewayWatch() = default;

void GatewayWatch::use(const std::vector<routing::Trunk>& trunks) {
  gateways_.use(trunks, Loop::now());
  for (auto probe = probes_.begin(); probe != probes_.end();) {
    probe = gateways_.endpoint(probe->first) == nullptr ? probes_.erase(probe) : std::next(probe);
  }
  arm();
}

std::vector<GatewayId> GatewayWatch::choose(const std::string& trunk) {
  return gateways_.choose(trunk, Loop::now());
}

bool GatewayWatch::takes_calls(GatewayId id) const {
  return gateways_.takes_calls(id, Loop::now());
}

std::vector<TrunkView> GatewayWatch::view() const { return gateways_.view(Loop::now()); }

void GatewayWatch::heard(GatewayId id, int status, const sip_t& answer) {
  if (id == GatewayId::none) return;
  gateways_.heard(id, Asked::by_call, status, retry_after_of(answer), Loop::now());
}

void GatewayWatch::missed(GatewayId id, Missed how) {
  if (id == GatewayId::none) return;
  if (gateways_.missed(id, Asked::by_call, how, Loop::now())) strand(id);
  arm();  // it may want to be asked at once
}

void GatewayWatch::probe_heard(GatewayId id, int status, const sip_t& answer) {
  gateways_.heard(id, Asked::by_probe, status, retry_after_of(answer), Loop::now());
  probe_over(id);
}

void GatewayWatch::probe_missed(GatewayId id, Missed how) {
  if (gateways_.missed(id, Asked::by_probe, how, Loop::now())) strand(id);
  probe_over(id);
}

void GatewayWatch::strand(GatewayId id) {
  for (const LegId leg : agent_.waiting_for(id)) stranded_.emplace_back(leg, id);
  if (!rescue_) rescue_.emplace(agent_.loop(), Milliseconds(0), [this] { rescue(); });
}

void GatewayWatch::rescue() {
  rescue_.reset();
  for (std::size_t moved = 0; moved < kGroup && !stranded_.empty();) {
    const auto [id, gateway] = stranded_.front();
    stranded_.pop_front();
    Leg* leg = agent_.find(id);
    if (leg == nullptr || !leg->waits_for(gateway) || takes_calls(gateway)) continue;
    leg->move_on();
    ++moved;
  }
  if (stranded_.empty()) return;
  rescue_.emplace(agent_.loop(), kBetweenGroups, [this] { rescue(); });
}

void GatewayWatch::probe_over(GatewayId id) {
  probes_.erase(id);
  arm();
}

void GatewayWatch::arm() {
  const Instant next = gateways_.next_probe();
  if (next == wakes_at_) return;
  wakes_at_ = next;
  timer_.reset();
  if (next == Instant::max()) return;
  const Instant now = Loop::now();
  timer_.emplace(agent_.loop(), next > now ? next - now : Milliseconds(0), [this] { ask_due(); });
}

void GatewayWatch::ask_due() {
  wakes_at_ = Instant::max();
  for (const GatewayId id : gateways_.take_due(Loop::now())) {
    probes_[id] = std::make_unique<Probe>(agent_, *this, id, *gateways_.endpoint(id));
  }
  arm();
}

}  // namespace hotline::sip
