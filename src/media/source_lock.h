// Whose packets a leg takes. A phone behind NAT sends from another address than its SDP names, so
// the address is learned; who else sends must neither be heard (RTP inject) nor be sent what was
// meant for the phone (RTP bleed). Pure: told of packets and the time. Thread: media.
//
// A source is as good as its likeness to what the SDP named:
//
//   named     address and port as named            learned by its first packet, and final
//   neighbour address as named, another port;      learned by two packets of one SSRC in sequence
//             or, where a private one was named,
//             the address the SIP came from
//   stranger  another address                      the same, and only in the window, or where a
//                                                  private one was named and that of SIP is unknown
//
// Within the window after `expect` a better source takes the place of a worse one; after it, what
// is learned stays. So whoever sends to all our ports, in sequence or not, first or later, gets
// nothing from the moment the phone itself is heard. Who can send from the phone's own address
// cannot be told from it without SRTP. Source: CVE-2025-53399 (EnableSecurity ES2025-01): learning
// from the first packet, at once or after a delay, and learning again without end.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "media/endpoint.h"
#include "media/rtp.h"
#include "media/time.h"

namespace hotline::media {

class SourceLock {
 public:
  explicit SourceLock(Microseconds window) : window_(window) {}

  // What the peer's SDP says, and where its SIP comes from (the port has no meaning). Before one
  // with an address nobody is expected and nothing is taken.
  // A window begins where that is news, or where nobody has been learned yet. An address that is
  // nowhere (a call on hold) changes nothing of what was learned.
  void expect(const Endpoint& named, const std::optional<Endpoint>& signalling, MediaTime now);

  // May this packet be taken? Only from the source that is learned, by this packet or before.
  bool takes(const Endpoint& from, const RtpHeader& header, MediaTime now);

  // The source, if there is one.
  const std::optional<Endpoint>& learned() const { return learned_; }

 private:
  enum class Likeness : std::uint8_t { stranger, neighbour, named };

  // A source that has sent one packet so far, or several that were not in sequence.
  struct Candidate {
    Endpoint from;
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 0;
  };

  Likeness likeness(const Endpoint& from) const;
  bool may_learn(Likeness like, const Endpoint& from, MediaTime now) const;
  bool is_proved(Likeness like, const Endpoint& from, const RtpHeader& header);
  void learn(const Endpoint& from, Likeness like);

  Microseconds window_;
  MediaTime window_begin_{};
  std::optional<Endpoint> named_;
  std::optional<Endpoint> signalling_;
  std::optional<Endpoint> learned_;
  Likeness learned_likeness_ = Likeness::stranger;
  // Learned before the SDP changed: what it still has under way must not be taken for the new one.
  std::optional<Endpoint> former_;
  // The first is the neighbour's, so that strangers cannot push it out.
  std::array<std::optional<Candidate>, 4> candidates_;
  std::size_t oldest_stranger_ = 1;
};

// The same for RTCP on a port of its own: from the address that RTP is taken from, and one port,
// the first that sends. RTCP teaches nothing about RTP.
class RtcpLock {
 public:
  void forget() { port_.reset(); }
  bool takes(const Endpoint& from, const std::optional<Endpoint>& rtp_source);
  // Where RTCP goes: where it comes from; before that where the SDP says, if RTP comes from there,
  // too; else to the port above RTP's.
  Endpoint destination(const Endpoint& rtp, const Endpoint& named) const;

 private:
  std::optional<std::uint16_t> port_;
};

}  // namespace hotline::media
