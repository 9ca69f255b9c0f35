// How the server is, at one moment: what metrics, /health and /ready say. Gathered on the call
// thread, written elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hotline/base/money.h"
#include "hotline/base/timing.h"

#include "media/statistics.h"
#include "server/call_tally.h"

namespace hotline::server {

struct Vitals {
  struct Trunk {
    std::string name;
    bool is_up = false;
    std::uint64_t calls = 0;
    struct Gateway {
      std::string address;
      bool is_up = false;
    };
    std::vector<Gateway> gateways;
  };

  std::string version;
  std::string not_ready;                       // why no new calls are taken; empty: they are
  std::map<std::string, std::uint64_t> calls;  // live ones, by state
  std::uint64_t adopted = 0;                   // of them, from a former process
  std::map<CallTally::Result, std::uint64_t> ended;
  std::map<std::string, std::uint32_t> waiting;  // callers, by queue
  std::vector<Trunk> trunks;
  std::uint64_t strangers = 0, malformed = 0, strays = 0, turned_away = 0, rings = 0, legs = 0;
  std::uint64_t blocked_callers = 0;
  Money reserved;
  bool store_is_well = true;
  std::uint64_t store_waiting = 0;
  std::uint64_t registered = 0, bans = 0, sent_away = 0;
  std::uint64_t audio_legs = 0, audio_pairs = 0, audio_exhausted = 0, out_of_descriptors = 0;
  media::Traffic rtp;
  Timing until_ring, until_answer, loop_delay, commit;
  std::uint64_t resident_bytes = 0;
};

// In Prometheus' text format, version 0.0.4. Thread: any.
std::string to_prometheus(const Vitals& vitals);

}  // namespace hotline::server
