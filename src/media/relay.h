// The media plane as the rest of the server sees it: legs with ports, and who is connected with
// whom. Every order is passed to the media thread and done there a moment later, in order; none
// waits for it. One relay is one thread: who needs two makes two, with port ranges of their own,
// and keeps the legs of a call in one.
//
//   open ──► set_remote (what the SDP says, again when it changes) ──► connect, play … ──► close
//
// Thread: one, the call thread, but for what says otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>

#include <tl/expected.hpp>

#include "media/endpoint.h"
#include "media/frames.h"
#include "media/port_range.h"
#include "media/recorder.h"
#include "media/recording.h"
#include "media/relay_events.h"
#include "media/remote.h"
#include "media/statistics.h"
#include "media/time.h"

namespace hotline::media {

class RelayLoop;

struct RelaySettings {
  // Addresses of ours, IP literals; empty: none of that family.
  std::string address_v4{};
  std::string address_v6{};
  std::uint16_t first_port = 20'000;
  std::uint16_t last_port = 29'999;
  // How long after an SDP a better source takes the place of a worse one (source_lock.h).
  Microseconds learn_window{3'000'000};
  // How often the sockets are looked at: what a packet waits at most. At most 20 ms.
  Microseconds tick{750};
  // DSCP "expedited forwarding" (RFC 3246), as the byte of the IP header.
  int traffic_class = 0xb8;
  // Of the media thread, 1 to 99: goes before all ordinary programs (SCHED_RR); 0: is one itself.
  int realtime_priority = 0;
};

struct OpenedLeg {
  RelayLeg id;
  std::string address;
  std::uint16_t rtp_port = 0;
  std::uint16_t rtcp_port = 0;
};

// Of a relay as a whole, since it began.
struct RelayCounters {
  std::size_t legs = 0;               // open now
  std::size_t pairs = 0;              // of ports there are, of one family
  std::uint64_t range_exhausted = 0;  // times a leg found no free pair
};

class Relay {
 public:
  // Begins a thread, and one for recordings. `clock` is the machine's monotonic clock, asked on
  // that thread. Errors: a sentence that says which setting is wrong, or what the system refuses.
  static tl::expected<std::unique_ptr<Relay>, std::string> start(const RelaySettings& settings,
                                                                 std::function<MediaTime()> clock,
                                                                 RelayEvents events);
  // Closes all legs; returns once their recordings are finished.
  ~Relay();

  // A leg with a pair of ports of its own. What is sent there is taken from its set_remote on.
  // Errors: no pair is free, no address of that family, no more descriptors.
  tl::expected<OpenedLeg, std::string> open(Family family);
  // A leg with the ports it had before the server ended without closing it: its peer still sends
  // there.
  // Errors: the same, or somebody has these ports.
  tl::expected<OpenedLeg, std::string> open_again(Family family, std::uint16_t rtp_port);
  void set_remote(RelayLeg leg, const Remote& remote);
  // Each peer hears the other from now on, and nobody else.
  void connect(RelayLeg a, RelayLeg b);
  // Ends that, on both sides.
  void disconnect(RelayLeg leg);
  // Its peer hears this now instead of the other leg, until it ends or is stopped.
  PlaybackId play(RelayLeg leg, Playback playback);
  void stop(RelayLeg leg);
  // Tells `silent` when nothing came for so long; 0: never, as at the begin.
  void watch_silence(RelayLeg leg, Microseconds most);
  // false: its peer has said that it sends nothing (on hold, recvonly, inactive): no silence.
  void expect_media(RelayLeg leg, bool is_expected);
  void close(RelayLeg leg);

  // Records what the caller's peer sends from now on, and what the phone's does, if there is one
  // already; `recorded` is told at its end. Holding, changes of SDP and other phones go into the
  // same file. G.711 is recorded; anything else is silence. A leg is in one recording at most.
  RecordingId record(RelayLeg caller, std::optional<RelayLeg> phone, RecordingStart start);
  // The same of a caller who speaks to nobody, in mono.
  RecordingId record_alone(RelayLeg caller, RecordingStart start);
  // That phone is on the right from now on, instead of any other.
  void record_phone(RecordingId recording, RelayLeg phone);
  // So does closing the caller's leg.
  void stop_recording(RecordingId recording);

  // Up to now; nothing for a leg that is closed: ask before.
  LegStatistics statistics(RelayLeg leg) const;
  RelayCounters counters() const;
  // Of all legs there were.
  Traffic traffic() const;

 private:
  // What the call thread knows of a leg.
  struct Held {
    std::shared_ptr<LegCounters> counters;
    Family family = Family::v4;
    std::uint16_t port = 0;
  };
  struct Side {
    std::string address;
    Endpoint local;
    PortRange ports;
  };

  Relay(const RelaySettings& settings, std::unique_ptr<Recorder> recorder,
        std::unique_ptr<RelayLoop> loop, RelayEvents events);
  // Errors: an errno.
  tl::expected<OpenedLeg, int> open_at(Side& side, Family family, std::uint16_t port);
  std::optional<Side>& side(Family family) { return family == Family::v4 ? v4_ : v6_; }

  RelaySettings settings_;
  RelayEvents events_;
  std::optional<Side> v4_;
  std::optional<Side> v6_;
  std::random_device random_;
  std::unordered_map<std::uint32_t, Held> legs_;
  std::uint32_t last_leg_ = 0;
  std::uint32_t last_playback_ = 0;
  std::uint32_t last_recording_ = 0;
  std::uint64_t range_exhausted_ = 0;
  Traffic closed_;  // of the legs that are
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<RelayLoop> loop_;  // feeds it
};

}  // namespace hotline::media
