// What is known of each trunk's gateways, and which of them the next call is sent through: in the
// order written or by weights, around those that are out. Pure: it is told what happened, and when.
//
//            ┌──── an answer ────┐            ┌────────── an answer ──────────┐
//   unknown ─┴──────────────────► up ──3 silences, or 10 × 503, in a row──► down ──┐ a trial at
//                                  └──503 with Retry-After──► out for so long      └─ intervals
//
// A gateway that is down gets no calls; a trial of it is an OPTIONS, or a call where OPTIONS tells
// nothing about it. When all of a trunk's gateways are out, its calls fail at once, but for trials.
// Thread: the loop's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/routing/trunk.h"

namespace hotline::sip {

// A destination that says nothing at all for so long is taken for dead. A little under the four
// seconds after which the next one has to be asked.
inline constexpr Milliseconds kSilence{3'900};

enum class GatewayId : std::uint32_t { none = 0 };  // none: a phone with an address of its own

enum class Health : std::uint8_t { unknown, up, probing, down };
const char* to_string(Health health);

// Why there was no answer.
enum class Missed : std::uint8_t { silent, unreachable };

// Who asked: a call, or an OPTIONS that only wants to know.
enum class Asked : std::uint8_t { by_call, by_probe };

struct GatewayView {
  std::string address;  // "udp:192.0.2.1:5060", "udp:sip.carrier.cn:5060 (192.0.2.1)"
  Health health = Health::unknown;
  std::string why;  // "200", "silent", "503 for 30 s", "not resolved"; empty: never asked
  Instant since{};  // of this health
};
struct TrunkView {
  std::string name;
  Health health = Health::unknown;  // down: no call gets through
  std::vector<GatewayView> gateways;
};

// A gateway went down or came back.
struct GatewayNews {
  std::string trunk;
  std::string address;
  std::string why;
  bool up = false;
  bool trunk_up = false;  // calls still have, or again have, a way
};

class Gateways {
 public:
  using Tell = std::function<void(const GatewayNews&)>;

  explicit Gateways(Tell tell = {}) : tell_(std::move(tell)) {}

  // These trunks count from now on; a gateway that stays keeps what is known of it.
  void use(const std::vector<routing::Trunk>& trunks, Instant now);

  // The gateways to try for a call, in order. Empty: all are out. A trial goes first.
  std::vector<GatewayId> choose(const std::string& trunk, Instant now);
  // May a call that failed elsewhere go on through this one?
  bool takes_calls(GatewayId id, Instant now) const;
  // Errors: null for a gateway that no configuration names any more.
  const routing::Endpoint* endpoint(GatewayId id) const;
  const std::string* trunk_of(GatewayId id) const;

  // --- what happened to a request; ids of gateways that are gone are ignored
  // `retry_after`: of a 503, 0 where it named none.
  void heard(GatewayId id, Asked asked, int status, Seconds retry_after, Instant now);
  // True: that was once too often, it goes down.
  bool missed(GatewayId id, Asked asked, Missed how, Instant now);

  // --- probes
  // The next time a gateway wants to be asked; Instant::max(): never.
  Instant next_probe() const;
  // The gateways that want to be asked now; each is taken to be asked.
  std::vector<GatewayId> take_due(Instant now);

  // In the order of configuration.
  std::vector<TrunkView> view(Instant now) const;

 private:
  // The end of a wait that doubles with each failure.
  struct BackOff {
    Milliseconds wait{0};
    Instant until{};
    void begin(Instant now);
    void longer(Instant now);
  };
  struct Gateway {
    GatewayId id = GatewayId::none;
    std::string trunk;
    routing::Endpoint endpoint;
    std::uint32_t weight = 0;
    std::int64_t credit = 0;  // towards its next turn, where calls go by weights
    Milliseconds probe_every{0};

    Health health = Health::unknown;  // never probing: that passes by itself
    Instant since{};
    bool told_down = false;
    bool asked = false;
    int last_status = 0;  // 0: last_missed
    Missed last_missed = Missed::silent;
    int misses = 0;    // in a row
    int refusals = 0;  // calls answered 503, in a row
    Seconds retry_after{0};
    Instant out_until{};  // of a Retry-After
    bool answers_calls = false;
    bool answers_probes = false;
    bool on_trial = false;  // by a call
    BackOff call_trial;     // while it is down
    BackOff probe_trial;
    bool probe_runs = false;
    Instant probe_at{};

    bool is_probed() const { return probe_every > Milliseconds(0) && !endpoint.host.empty(); }
    // Some carriers answer calls but no OPTIONS: their silence to it means nothing.
    bool probes_tell() const { return is_probed() && (answers_probes || !answers_calls); }
    bool is_out(Instant now) const {
      return health == Health::down || now < out_until || endpoint.host.empty();
    }
    bool wants_trial(bool others, Instant now) const;
    Health health_at(Instant now) const;
    std::string why() const;
  };
  struct Trunk {
    std::string name;
    bool weighted = false;
    std::vector<GatewayId> gateways;
  };

  Gateway* find(GatewayId id);
  const Gateway* find(GatewayId id) const;
  Gateway adopt(const std::string& trunk, const routing::Endpoint& endpoint, Instant now);
  std::vector<GatewayId> in_order(const Trunk& trunk, Instant now);
  void refused(Gateway& gateway, Asked asked, Seconds retry_after, Instant now);
  bool failed(Gateway& gateway, Asked asked, Instant now);
  void go_down(Gateway& gateway, Instant now);
  void tell(Gateway& gateway, bool up, Instant now);
  bool takes_calls(const Trunk& trunk, Instant now) const;

  Tell tell_;
  std::uint32_t last_id_ = 0;
  std::vector<Trunk> trunks_;
  std::map<GatewayId, Gateway> gateways_;
};

}  // namespace hotline::sip
