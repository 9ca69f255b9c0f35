#include "sip/peers.h"

#include <variant>

#include "hotline/base/contract.h"

#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr Milliseconds kStaysKnown{32'000};

}  // namespace

void Peers::use(const routing::Snapshot& snapshot) {
  configured_.clear();
  callers_.clear();
  for (const routing::Trunk& trunk : snapshot.trunks) {
    for (const std::string& source : trunk.sources) {
      if (const auto address = Address::parse(source)) {
        configured_.insert(*address);
        callers_.emplace(*address, &trunk);
      }
    }
  }
  use_gateways(snapshot.trunks);
  for (const auto& [number, hotline] : snapshot.hotlines) {
    for (const auto& phone : hotline->phones) {
      const auto* at = std::get_if<routing::PhoneUri>(&phone->address);
      if (at == nullptr) continue;
      if (const auto address = host_of(at->uri)) configured_.insert(*address);
    }
  }
}

void Peers::use_gateways(const std::vector<routing::Trunk>& trunks) {
  for (const routing::Trunk& trunk : trunks) {
    for (const routing::Endpoint& gateway : trunk.gateways) {
      if (const auto address = Address::parse(gateway.host)) configured_.insert(*address);
    }
  }
}

bool Peers::knows(const Address& address) const {
  return configured_.contains(address) || registered_.contains(address) ||
         learned_.contains(address);
}

const routing::Trunk* Peers::trunk_at(const Address& address) const {
  const auto found = callers_.find(address);
  return found == callers_.end() ? nullptr : found->second;
}

void Peers::learn(const Address& address) { ++learned_[address].legs; }

void Peers::forget(const Address& address, Instant now) {
  Learned& learned = learned_[address];
  HOTLINE_EXPECT(learned.legs > 0);
  if (--learned.legs == 0) {
    learned.until = now + kStaysKnown;
    leaving_.emplace_back(learned.until, address);
  }
  while (!leaving_.empty() && leaving_.front().first <= now) {
    const auto found = learned_.find(leaving_.front().second);
    if (found != learned_.end() && found->second.legs == 0 && found->second.until <= now) {
      learned_.erase(found);
    }
    leaving_.pop_front();
  }
}

}  // namespace hotline::sip
