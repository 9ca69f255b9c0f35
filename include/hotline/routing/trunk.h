// A carrier we exchange calls with, through one or several gateways, as configuration describes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hotline/base/time.h"
#include "hotline/number/format.h"

namespace hotline::routing {

enum class Transport : std::uint8_t { udp, tcp };

// Where to send, or where to listen. The host is an IP literal: resolving names is not the
// signalling library's business. A gateway may be written as a name; its host is empty until that
// is resolved.
struct Endpoint {
  Transport transport = Transport::udp;
  std::string host;  // "127.0.0.2", "::1" (no brackets)
  std::uint16_t port = 5060;
  std::string name = {};  // "sip.carrier.cn"; empty: a literal was written
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// How others reach an address we listen on, where that is not the address itself: behind a NAT, or
// where the machine has only a private one.
struct Advertised {
  Endpoint listen;
  std::string host;  // an IP literal (no brackets) of the same version
  std::uint16_t port = 5060;
  friend bool operator==(const Advertised&, const Advertised&) = default;
};

// What we say to a trunk that asks who we are (RFC 2617).
struct Credentials {
  std::string username;  // empty: none
  std::string password;
};

struct Trunk {
  std::string name;
  std::vector<std::string> sources;  // IP literals that may call us as this trunk
  std::vector<Endpoint> gateways;    // tried in order, or by weights
  // One for each gateway: its share of the calls; 0: only when all others are out. Empty: in order.
  std::vector<std::uint32_t> weights;
  bool trusted = false;  // believe the asserted caller identity
  Seconds probe{0};      // between two questions whether a gateway is there; 0: none are asked
  std::uint32_t max_calls = 0;        // live, in either direction; 0: no limit
  std::uint32_t max_calls_per_s = 0;  // begun, in either direction; 0: no limit
  number::Format number_format = number::Format::as_written;
  std::string number_prefix;  // in front of the called number
  Credentials credentials;
};

}  // namespace hotline::routing
