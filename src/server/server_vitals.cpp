// What the server shows to programs that watch it.
#include <fstream>

#include <unistd.h>

#include "server/clock.h"
#include "server/server.h"
#include "server/state_word.h"
#include "server/version.h"

namespace hotline::server {
namespace {

constexpr const char* kPrometheus = "text/plain; version=0.0.4; charset=utf-8";

// 0 where it cannot be read.
std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

Vitals::Trunk trunk_of(const sip::TrunkView& view, std::uint64_t calls) {
  Vitals::Trunk trunk{view.name, false, calls, {}};
  for (const sip::GatewayView& gateway : view.gateways) {
    const bool is_up = gateway.health != sip::Health::down;
    trunk.is_up = trunk.is_up || is_up;
    trunk.gateways.push_back({gateway.address, is_up});
  }
  return trunk;
}

}  // namespace

std::string Server::why_not_ready() const {
  if (ending_ || draining_) return "draining";
  if (!writer_->takes_new_calls()) return "the database cannot be written";
  return {};
}

Vitals Server::vitals() const {
  Vitals vitals;
  vitals.version = kVersion;
  vitals.not_ready = why_not_ready();
  switchboard_->each_call([&](const call::Call& call) {
    ++vitals.calls[std::string(state_word(call.state()))];
    if (call.is_adopted()) ++vitals.adopted;
  });
  vitals.ended = tally_.ended_calls();
  vitals.waiting = switchboard_->queues().lengths();
  for (const sip::TrunkView& trunk : signalling_->trunks()) {
    vitals.trunks.push_back(trunk_of(trunk, switchboard_->trunks().calls(trunk.name)));
  }
  const sip::Counters counters = signalling_->counters();
  vitals.strangers = counters.strangers;
  vitals.turned_away = counters.turned_away;
  vitals.malformed = counters.malformed;
  vitals.strays = counters.strays;
  vitals.rings = counters.rings;
  vitals.legs = counters.legs;
  vitals.registered = counters.registered;
  vitals.bans = counters.banned;
  vitals.sent_away = counters.sent_away;
  switchboard_->logbook().each_block(
      read_clock().wall, [&](const std::string&, const call::Block&) { ++vitals.blocked_callers; });
  vitals.reserved = switchboard_->accounts().reserved();
  vitals.store_is_well = writer_->trouble().empty();
  vitals.store_waiting = writer_->waiting();
  vitals.commit = writer_->commits();
  vitals.loop_delay = loop_delay_;
  vitals.until_ring = tally_.until_ring();
  vitals.until_answer = tally_.until_answer();
  vitals.resident_bytes = resident_bytes();
  if (!relay_) return vitals;
  const media::RelayCounters audio = relay_->counters();
  vitals.audio_legs = audio.legs;
  vitals.audio_pairs = audio.pairs;
  vitals.audio_exhausted = audio.range_exhausted;
  vitals.out_of_descriptors = relay_->out_of_descriptors();
  vitals.rtp = relay_->traffic();
  return vitals;
}

// All of it by way of the call thread: who does not answer there is not healthy.
void Server::show(const std::string& path, admin::Pages::Reply reply) {
  if (path == "/metrics") {
    loop_->post([this, reply = std::move(reply)] {
      housekeeping_->post([vitals = vitals(), reply] {
        reply({200, to_prometheus(vitals), kPrometheus});
      });
    });
  } else if (path == "/health") {
    loop_->post([reply = std::move(reply)] { reply({200, "ok\n"}); });
  } else if (path == "/ready") {
    loop_->post([this, reply = std::move(reply)] {
      const std::string why = why_not_ready();
      if (why.empty()) return reply({200, "ready\n"});
      reply({503, why + "\n"});
    });
  } else {
    reply({404, "here are /metrics, /health and /ready\n"});
  }
}

}  // namespace hotline::server
