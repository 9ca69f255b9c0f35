#include "sip/names.h"

#include <algorithm>

namespace hotline::sip {
namespace {

// Every weight is multiplied by it, so that 1 to 8 addresses share a weight evenly.
constexpr std::uint32_t kShares = 840;

}  // namespace

routing::Trunk by_addresses(const routing::Trunk& trunk, const Names& names) {
  const bool any_name = std::any_of(trunk.gateways.begin(), trunk.gateways.end(),
                                    [](const auto& gateway) { return !gateway.name.empty(); });
  if (!any_name) return trunk;
  routing::Trunk resolved = trunk;
  resolved.gateways.clear();
  resolved.weights.clear();
  for (std::size_t i = 0; i < trunk.gateways.size(); ++i) {
    const routing::Endpoint& gateway = trunk.gateways[i];
    const auto known = names.find(gateway.name);
    const bool has_addresses = known != names.end() && !known->second.empty();
    const std::size_t count =
        has_addresses ? std::min(known->second.size(), kMostAddresses) : std::size_t{1};
    for (std::size_t j = 0; j < count; ++j) {
      routing::Endpoint& one = resolved.gateways.emplace_back(gateway);
      if (has_addresses) one.host = known->second[j];
      if (trunk.weights.empty()) continue;
      resolved.weights.push_back(trunk.weights[i] * (kShares / static_cast<std::uint32_t>(count)));
    }
  }
  return resolved;
}

}  // namespace hotline::sip
