#include "sip/gateways.h"

#include <algorithm>

#include "hotline/base/contract.h"

namespace hotline::sip {
namespace {

constexpr int kMissesToGoDown = 3;
// A carrier says 503 for one destination, too: it takes more of them to give it up.
constexpr int kRefusalsToGoDown = 10;
constexpr Milliseconds kSuspicion{1'000};  // after a first silence it is asked again so soon
constexpr Milliseconds kFirstBackOff{2'000};
constexpr Milliseconds kLongestBackOff{30'000};
constexpr Seconds kLongestRetryAfter{300};
constexpr int kUnavailable = 503;

// As configuration writes it; of a name, with the address it stands for.
std::string address_of(const routing::Endpoint& endpoint) {
  const bool v6 = endpoint.host.find(':') != std::string::npos;
  const std::string literal = v6 ? "[" + endpoint.host + "]" : endpoint.host;
  const std::string port = ":" + std::to_string(endpoint.port);
  const std::string kind = endpoint.transport == routing::Transport::tcp ? "tcp:" : "udp:";
  if (endpoint.name.empty()) return kind + literal + port;
  return kind + endpoint.name + port + (literal.empty() ? "" : " (" + literal + ")");
}

}  // namespace

const char* to_string(Health health) {
  switch (health) {
    case Health::unknown:
      return "unknown";
    case Health::up:
      return "up";
    case Health::probing:
      return "probing";
    case Health::down:
      return "down";
  }
  HOTLINE_EXPECT(false);
  return "";
}

void Gateways::BackOff::begin(Instant now) {
  wait = kFirstBackOff;
  until = now + wait;
}

void Gateways::BackOff::longer(Instant now) {
  wait = std::clamp(2 * wait, kFirstBackOff, kLongestBackOff);
  until = now + wait;
}

// `others`: some other gateway could take the call at once, which a silent one would hold up.
bool Gateways::Gateway::wants_trial(bool others, Instant now) const {
  return health == Health::down && !endpoint.host.empty() && now >= out_until &&
         now >= call_trial.until && (!others || !probes_tell() || refusals > 0);
}

Health Gateways::Gateway::health_at(Instant now) const {
  if (now < out_until || endpoint.host.empty()) return Health::down;
  if (health != Health::down) return health;
  return probe_runs || (on_trial && now < call_trial.until) ? Health::probing : Health::down;
}

std::string Gateways::Gateway::why() const {
  if (endpoint.host.empty()) return "not resolved";
  if (!asked) return {};
  if (last_status == 0) return last_missed == Missed::silent ? "silent" : "unreachable";
  std::string text = std::to_string(last_status);
  if (retry_after > Seconds(0)) text += " for " + std::to_string(retry_after.count()) + " s";
  return text;
}

void Gateways::use(const std::vector<routing::Trunk>& trunks, Instant now) {
  std::map<GatewayId, Gateway> kept;
  trunks_.clear();
  for (const routing::Trunk& configured : trunks) {
    Trunk& trunk = trunks_.emplace_back();
    trunk.name = configured.name;
    trunk.weighted = !configured.weights.empty();
    HOTLINE_EXPECT(!trunk.weighted || configured.weights.size() == configured.gateways.size());
    for (std::size_t i = 0; i < configured.gateways.size(); ++i) {
      Gateway gateway = adopt(trunk.name, configured.gateways[i], now);
      if (gateway.probe_every != configured.probe) gateway.probe_at = now;
      gateway.probe_every = configured.probe;
      gateway.weight = trunk.weighted ? configured.weights[i] : 0;
      gateway.credit = 0;
      trunk.gateways.push_back(gateway.id);
      kept.emplace(gateway.id, std::move(gateway));
    }
  }
  gateways_ = std::move(kept);
}

// As it is known already, or new.
Gateways::Gateway Gateways::adopt(const std::string& trunk, const routing::Endpoint& endpoint,
                                  Instant now) {
  for (const auto& [id, known] : gateways_) {
    if (known.trunk == trunk && known.endpoint == endpoint) return known;
  }
  Gateway gateway;
  gateway.id = GatewayId{++last_id_};
  gateway.trunk = trunk;
  gateway.endpoint = endpoint;
  gateway.since = now;
  return gateway;
}

Gateways::Gateway* Gateways::find(GatewayId id) {
  const auto found = gateways_.find(id);
  return found == gateways_.end() ? nullptr : &found->second;
}

const Gateways::Gateway* Gateways::find(GatewayId id) const {
  const auto found = gateways_.find(id);
  return found == gateways_.end() ? nullptr : &found->second;
}

const routing::Endpoint* Gateways::endpoint(GatewayId id) const {
  const Gateway* gateway = find(id);
  return gateway == nullptr ? nullptr : &gateway->endpoint;
}

const std::string* Gateways::trunk_of(GatewayId id) const {
  const Gateway* gateway = find(id);
  return gateway == nullptr ? nullptr : &gateway->trunk;
}

bool Gateways::takes_calls(GatewayId id, Instant now) const {
  const Gateway* gateway = find(id);
  return gateway != nullptr && !gateway->is_out(now);
}

bool Gateways::takes_calls(const Trunk& trunk, Instant now) const {
  return std::any_of(trunk.gateways.begin(), trunk.gateways.end(),
                     [&](GatewayId id) { return takes_calls(id, now); });
}

std::vector<GatewayId> Gateways::choose(const std::string& name, Instant now) {
  const auto trunk = std::find_if(trunks_.begin(), trunks_.end(),
                                  [&](const Trunk& one) { return one.name == name; });
  if (trunk == trunks_.end()) return {};
  std::vector<GatewayId> chosen = in_order(*trunk, now);
  for (const GatewayId id : trunk->gateways) {
    Gateway& gateway = *find(id);
    if (!gateway.wants_trial(!chosen.empty(), now)) continue;
    gateway.on_trial = true;
    // No other call tries meanwhile; if this one ends without a word on it, a later one will.
    gateway.call_trial.until = now + std::max(gateway.call_trial.wait, kSilence);
    chosen.insert(chosen.begin(), id);
    break;
  }
  return chosen;
}

// Those that take calls. By weights, turns are spread smoothly: each gains its weight, who has most
// goes first and pays for all. The others follow in the order written.
std::vector<GatewayId> Gateways::in_order(const Trunk& trunk, Instant now) {
  std::vector<GatewayId> order;
  Gateway* first = nullptr;
  std::int64_t total = 0;
  for (const GatewayId id : trunk.gateways) {
    Gateway& gateway = *find(id);
    if (gateway.is_out(now)) continue;
    order.push_back(id);
    if (gateway.weight == 0) continue;
    gateway.credit += gateway.weight;
    total += gateway.weight;
    if (first == nullptr || gateway.credit > first->credit) first = &gateway;
  }
  if (first == nullptr) return order;
  first->credit -= total;
  const auto turn = std::find(order.begin(), order.end(), first->id);
  std::rotate(order.begin(), turn, turn + 1);
  // One that only helps out comes after those that share the calls.
  std::stable_partition(order.begin() + 1, order.end(),
                        [this](GatewayId id) { return find(id)->weight > 0; });
  return order;
}

void Gateways::heard(GatewayId id, Asked asked, int status, Seconds retry_after, Instant now) {
  Gateway* gateway = find(id);
  if (gateway == nullptr) return;
  if (asked == Asked::by_call) {
    gateway->answers_calls = true;
  } else {
    gateway->answers_probes = true;
    gateway->probe_runs = false;
    gateway->probe_at = now + gateway->probe_every;
  }
  if (status == kUnavailable) return refused(*gateway, asked, retry_after, now);
  gateway->misses = 0;
  if (now < gateway->out_until) return;  // asked before it wanted to be left alone
  // One that answers OPTIONS and refuses calls is of no use: a call has to prove it.
  if (asked == Asked::by_probe && gateway->refusals > 0) return;
  gateway->asked = true;
  gateway->last_status = status;
  gateway->retry_after = Seconds(0);
  gateway->refusals = 0;
  gateway->on_trial = false;
  if (gateway->health == Health::up) return;
  gateway->health = Health::up;
  gateway->since = now;
  tell(*gateway, true, now);
}

void Gateways::refused(Gateway& gateway, Asked asked, Seconds retry_after, Instant now) {
  gateway.asked = true;
  gateway.last_status = kUnavailable;
  if (retry_after <= Seconds(0)) {
    if (asked == Asked::by_call) {
      gateway.misses = 0;
      ++gateway.refusals;
    } else {
      ++gateway.misses;
    }
    failed(gateway, asked, now);
    return;
  }
  gateway.misses = 0;
  gateway.on_trial = false;
  gateway.retry_after = std::min(retry_after, kLongestRetryAfter);
  gateway.out_until = std::max(gateway.out_until, now + gateway.retry_after);
  gateway.probe_at = std::max(gateway.probe_at, gateway.out_until);
  if (gateway.told_down) return;
  gateway.health = Health::unknown;
  gateway.since = now;
  tell(gateway, false, now);
}

bool Gateways::missed(GatewayId id, Asked asked, Missed how, Instant now) {
  Gateway* gateway = find(id);
  if (gateway == nullptr) return false;
  if (asked == Asked::by_probe) {
    gateway->probe_runs = false;
    gateway->probe_at = now + gateway->probe_every;
    if (!gateway->probes_tell()) return false;
  } else {
    gateway->refusals = 0;
  }
  gateway->asked = true;
  gateway->last_status = 0;
  gateway->last_missed = how;
  gateway->retry_after = Seconds(0);
  ++gateway->misses;
  return failed(*gateway, asked, now);
}

bool Gateways::failed(Gateway& gateway, Asked asked, Instant now) {
  if (gateway.health == Health::down) {
    if (asked == Asked::by_probe) {
      gateway.probe_trial.longer(now);
      gateway.probe_at = gateway.probe_trial.until;
    } else if (gateway.on_trial) {  // else it was sent before
      gateway.on_trial = false;
      gateway.call_trial.longer(now);
    }
  } else if (gateway.misses >= kMissesToGoDown || gateway.refusals >= kRefusalsToGoDown) {
    go_down(gateway, now);
    return true;
  } else if (asked == Asked::by_probe) {
    gateway.probe_at = now + kSuspicion;
  } else if (gateway.misses > 0 && gateway.probes_tell()) {
    gateway.probe_at = std::max(gateway.out_until, now);
  }
  return false;
}

void Gateways::go_down(Gateway& gateway, Instant now) {
  gateway.health = Health::down;
  gateway.since = now;
  gateway.on_trial = false;
  gateway.call_trial.begin(now);
  gateway.probe_trial.begin(now);
  gateway.probe_at = gateway.probe_trial.until;
  tell(gateway, false, now);
}

void Gateways::tell(Gateway& gateway, bool up, Instant now) {
  if (gateway.told_down != up) return;  // it is known already
  gateway.told_down = !up;
  if (!tell_) return;
  const auto trunk = std::find_if(trunks_.begin(), trunks_.end(),
                                  [&](const Trunk& one) { return one.name == gateway.trunk; });
  tell_({gateway.trunk, address_of(gateway.endpoint), gateway.why(), up,
         trunk != trunks_.end() && takes_calls(*trunk, now)});
}

Instant Gateways::next_probe() const {
  Instant next = Instant::max();
  for (const auto& [id, gateway] : gateways_) {
    if (gateway.is_probed() && !gateway.probe_runs) next = std::min(next, gateway.probe_at);
  }
  return next;
}

std::vector<GatewayId> Gateways::take_due(Instant now) {
  std::vector<GatewayId> due;
  for (auto& [id, gateway] : gateways_) {
    if (!gateway.is_probed() || gateway.probe_runs || gateway.probe_at > now) continue;
    gateway.probe_runs = true;
    due.push_back(id);
  }
  return due;
}

std::vector<TrunkView> Gateways::view(Instant now) const {
  std::vector<TrunkView> views;
  for (const Trunk& trunk : trunks_) {
    TrunkView& view = views.emplace_back();
    view.name = trunk.name;
    bool any_up = false;
    for (const GatewayId id : trunk.gateways) {
      const Gateway& gateway = *find(id);
      view.gateways.push_back(
          {address_of(gateway.endpoint), gateway.health_at(now), gateway.why(), gateway.since});
      any_up = any_up || (gateway.health == Health::up && !gateway.is_out(now));
    }
    if (any_up) {
      view.health = Health::up;
    } else if (!trunk.gateways.empty() && !takes_calls(trunk, now)) {
      view.health = Health::down;
    }
  }
  return views;
}

}  // namespace hotline::sip
