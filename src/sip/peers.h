// Who may talk to us: the trunks' sources, the addresses we send calls to, and whoever takes part
// in a live call. Everybody else gets silence. The call thread only.
#pragma once

#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/routing/snapshot.h"

#include "sip/address.h"

namespace hotline::sip {

class Peers {
 public:
  // The peers that a configuration names.
  // Requires: the snapshot outlives its use here.
  void use(const routing::Snapshot& snapshot);
  // Further ones: where gateways written by name are at the moment.
  void use_gateways(const std::vector<routing::Trunk>& trunks);

  // Those of phones that have registered.
  void use_registered(std::unordered_set<Address> addresses) { registered_ = std::move(addresses); }

  // The addresses a configuration names.
  const std::unordered_set<Address>& configured() const { return configured_; }
  bool knows(const Address& address) const;
  // The trunk that may call us from there; null for everybody else.
  const routing::Trunk* trunk_at(const Address& address) const;

  // An address takes part in one more, or one fewer live leg. After the last it stays known for
  // as long as its retransmissions may come (RFC 3261 §17.2.2, timer J).
  void learn(const Address& address);
  void forget(const Address& address, Instant now);

 private:
  struct Learned {
    int legs = 0;
    Instant until{};  // meaningful when no leg is left
  };

  std::unordered_set<Address> configured_;
  std::unordered_set<Address> registered_;
  std::unordered_map<Address, const routing::Trunk*> callers_;
  std::unordered_map<Address, Learned> learned_;
  std::deque<std::pair<Instant, Address>> leaving_;  // in the order of time
};

}  // namespace hotline::sip
