// What a leg's peer said of its media in its SDP, as far as the relay needs it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "media/endpoint.h"

namespace hotline::media {

// A leg of the relay, never used again.
struct RelayLeg {
  std::uint32_t value = 0;
  friend auto operator<=>(RelayLeg, RelayLeg) = default;
};

struct Remote {
  // The connection address and the port of m=; 0.0.0.0 or port 0: nothing is sent there (hold).
  Endpoint rtp{};
  // Of a=rtcp (RFC 3605); 0: the port above RTP's. With a=rtcp-mux (RFC 5761) it has no meaning.
  std::uint16_t rtcp_port = 0;
  bool rtcp_mux = false;
  // Its private address means the same to us: it is in our network (a carrier's private line).
  // Else nothing is sent to a private address before packets come.
  bool is_near = false;
  // Where its SIP comes from (the port has no meaning): a phone behind NAT sends from there, too.
  std::optional<Endpoint> signalling{};
  // The payload type of telephone-event, where it was agreed on.
  std::optional<std::uint8_t> telephone_event{};
  std::uint32_t clock_rate = 8'000;  // samples a second, of the codec it sends
};

}  // namespace hotline::media
