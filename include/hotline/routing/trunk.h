// A carrier gateway we exchange calls with, as configuration describes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hotline::routing {

enum class Transport : std::uint8_t { udp, tcp };

// Where to send, or where to listen. The host is an IP literal, never a name: resolving names is
// not the signalling library's business.
struct Endpoint {
  Transport transport = Transport::udp;
  std::string host;  // "127.0.0.2", "::1" (no brackets)
  std::uint16_t port = 5060;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct Trunk {
  std::string name;
  std::vector<std::string> sources;  // IP literals that may call us as this trunk
  std::vector<Endpoint> gateways;    // tried in order
  bool trusted = false;              // believe the asserted caller identity
};

}  // namespace hotline::routing
