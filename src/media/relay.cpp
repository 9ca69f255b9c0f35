#include "media/relay.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include "hotline/base/contract.h"

#include "media/leg.h"
#include "media/relay_loop.h"
#include "media/udp_socket.h"

namespace hotline::media {
namespace {

// A packet of a telephone's.
constexpr Microseconds kLongestTick{20'000};

std::string said(int error) { return std::generic_category().message(error); }

RelayEvents with_all(RelayEvents events) {
  if (!events.silent) events.silent = [](RelayLeg) {};
  if (!events.pressed) events.pressed = [](RelayLeg, const Digit&) {};
  if (!events.played) events.played = [](RelayLeg, PlaybackId) {};
  if (!events.recording_failed)
    events.recording_failed = [](RecordingId, const RecordingResult&) {};
  if (!events.recorded) events.recorded = [](RecordingId, const RecordingResult&) {};
  return events;
}

// An address of ours that sockets can be bound to now.
// Errors: a sentence.
tl::expected<Endpoint, std::string> own_address(const std::string& literal, Family family) {
  const auto local = Endpoint::parse(literal, 0);
  if (!local || local->family != family) {
    return tl::make_unexpected("media: “" + literal + "” is no IPv" +
                               (family == Family::v4 ? "4" : "6") + " address");
  }
  if (const int error = UdpSocket::open(*local, 0).error) {
    return tl::make_unexpected("media: cannot bind to " + literal + ": " + said(error));
  }
  return *local;
}

struct Pair {
  UdpSocket rtp;
  UdpSocket rtcp;
  int error = 0;
};

Pair open_pair(const Endpoint& local, std::uint16_t port, int traffic_class) {
  auto rtp = UdpSocket::open(local.with_port(port), traffic_class);
  if (rtp.error != 0) return {{}, {}, rtp.error};
  auto rtcp = UdpSocket::open(local.with_port(static_cast<std::uint16_t>(port + 1)), traffic_class);
  return {std::move(rtp.socket), std::move(rtcp.socket), rtcp.error};
}

std::string cannot_open(std::uint16_t port, int error) {
  return "media: cannot open port " + std::to_string(port) + ": " + said(error);
}

tl::unexpected<std::string> no_such_family(Family family) {
  return tl::make_unexpected(std::string("media: no address of ours for IPv") +
                             (family == Family::v4 ? "4" : "6"));
}

}  // namespace

tl::expected<std::unique_ptr<Relay>, std::string> Relay::start(const RelaySettings& settings,
                                                               std::function<MediaTime()> clock,
                                                               RelayEvents events) {
  if (settings.first_port == 0 || settings.first_port > settings.last_port) {
    return tl::make_unexpected("media: the ports " + std::to_string(settings.first_port) + " to " +
                               std::to_string(settings.last_port) + " are no range");
  }
  if (settings.tick <= Microseconds(0) || settings.tick > kLongestTick) {
    return tl::make_unexpected("media: a tick of " + std::to_string(settings.tick.count()) +
                               " µs is not one of 1 to " + std::to_string(kLongestTick.count()));
  }
  events = with_all(std::move(events));
  auto recorder =
      std::make_unique<Recorder>(RecordingWriter::Tell{events.recording_failed, events.recorded});
  auto loop =
      std::make_unique<RelayLoop>(std::move(clock), settings.tick, events, recorder->feed());
  if (!loop->is_open()) return tl::make_unexpected("media: no epoll: " + said(errno));
  if (settings.realtime_priority > 0) {
    if (const int error = loop->go_first(settings.realtime_priority)) {
      return tl::make_unexpected("media: no realtime priority " +
                                 std::to_string(settings.realtime_priority) + ": " + said(error));
    }
  }
  std::unique_ptr<Relay> relay(
      new Relay(settings, std::move(recorder), std::move(loop), std::move(events)));
  for (const Family family : {Family::v4, Family::v6}) {
    const std::string& literal = family == Family::v4 ? settings.address_v4 : settings.address_v6;
    if (literal.empty()) continue;
    const auto local = own_address(literal, family);
    if (!local) return tl::make_unexpected(local.error());
    PortRange ports(settings.first_port, settings.last_port, relay->random_());
    if (ports.pairs() == 0) {
      return tl::make_unexpected("media: there is no even port with an odd one above it in " +
                                 std::to_string(settings.first_port) + " to " +
                                 std::to_string(settings.last_port));
    }
    relay->side(family) = Side{literal, *local, std::move(ports)};
  }
  return relay;
}

Relay::Relay(const RelaySettings& settings, std::unique_ptr<Recorder> recorder,
             std::unique_ptr<RelayLoop> loop, RelayEvents events)
    : settings_(settings),
      events_(std::move(events)),
      recorder_(std::move(recorder)),
      loop_(std::move(loop)) {}

Relay::~Relay() = default;

tl::expected<OpenedLeg, std::string> Relay::open(Family family) {
  auto& side = this->side(family);
  if (!side) return no_such_family(family);
  // Ports that other programs have are passed over: they are free again in our books.
  for (std::size_t tried = 0; tried < side->ports.pairs(); ++tried) {
    const auto port = side->ports.take();
    if (!port) break;
    const auto leg = open_at(*side, family, *port);
    if (leg) return *leg;
    side->ports.free(*port);
    if (leg.error() != EADDRINUSE) return tl::make_unexpected(cannot_open(*port, leg.error()));
  }
  ++range_exhausted_;
  return tl::make_unexpected("media: no pair of ports is free in " +
                             std::to_string(settings_.first_port) + " to " +
                             std::to_string(settings_.last_port));
}

tl::expected<OpenedLeg, std::string> Relay::open_again(Family family, std::uint16_t rtp_port) {
  auto& side = this->side(family);
  if (!side) return no_such_family(family);
  if (!side->ports.take(rtp_port)) {
    return tl::make_unexpected("media: port " + std::to_string(rtp_port) +
                               " is not free, or none of ours");
  }
  const auto leg = open_at(*side, family, rtp_port);
  if (leg) return *leg;
  side->ports.free(rtp_port);
  return tl::make_unexpected(cannot_open(rtp_port, leg.error()));
}

tl::expected<OpenedLeg, int> Relay::open_at(Side& side, Family family, std::uint16_t port) {
  Pair pair = open_pair(side.local, port, settings_.traffic_class);
  if (pair.error != 0) return tl::make_unexpected(pair.error);
  const RelayLeg id{++last_leg_};
  auto counters = std::make_shared<LegCounters>();
  legs_.emplace(id.value, Held{counters, family, port});
  auto leg =
      std::make_unique<Leg>(Leg::Start{.id = id,
                                       .rtp = std::move(pair.rtp),
                                       .rtcp = std::move(pair.rtcp),
                                       .stream = {.ssrc = random_(),
                                                  .sequence = static_cast<std::uint16_t>(random_()),
                                                  .timestamp = random_()},
                                       .learn_window = settings_.learn_window,
                                       .counters = std::move(counters)},
                            events_.pressed);
  loop_->post([leg = std::move(leg)](RelayLoop& loop) mutable { loop.add(std::move(leg)); });
  return OpenedLeg{id, side.address, port, static_cast<std::uint16_t>(port + 1)};
}

void Relay::set_remote(RelayLeg leg, const Remote& remote) {
  loop_->post([leg, remote](RelayLoop& loop) { loop.set_remote(leg, remote); });
}

void Relay::connect(RelayLeg a, RelayLeg b) {
  loop_->post([a, b](RelayLoop& loop) { loop.connect(a, b); });
}

void Relay::disconnect(RelayLeg leg) {
  loop_->post([leg](RelayLoop& loop) { loop.disconnect(leg); });
}

PlaybackId Relay::play(RelayLeg leg, Playback playback) {
  HOTLINE_EXPECT(playback.frames != nullptr);
  const auto id = static_cast<PlaybackId>(++last_playback_);
  loop_->post(
      [leg, playback = std::move(playback), id](RelayLoop& loop) { loop.play(leg, playback, id); });
  return id;
}

void Relay::stop(RelayLeg leg) {
  loop_->post([leg](RelayLoop& loop) { loop.stop(leg); });
}

void Relay::watch_silence(RelayLeg leg, Microseconds most) {
  loop_->post([leg, most](RelayLoop& loop) { loop.watch_silence(leg, most); });
}

void Relay::expect_media(RelayLeg leg, bool is_expected) {
  loop_->post([leg, is_expected](RelayLoop& loop) { loop.expect_media(leg, is_expected); });
}

void Relay::close(RelayLeg leg) {
  const auto found = legs_.find(leg.value);
  if (found == legs_.end()) return;
  side(found->second.family)->ports.free(found->second.port);
  closed_.add(found->second.counters->read());
  legs_.erase(found);
  loop_->post([leg](RelayLoop& loop) { loop.remove(leg); });
}

RecordingId Relay::record(RelayLeg caller, std::optional<RelayLeg> phone, RecordingStart start) {
  const auto id = static_cast<RecordingId>(++last_recording_);
  loop_->post([id, caller, phone, start = std::move(start)](RelayLoop& loop) {
    loop.record(id, caller, phone, start, 2);
  });
  return id;
}

RecordingId Relay::record_alone(RelayLeg caller, RecordingStart start) {
  const auto id = static_cast<RecordingId>(++last_recording_);
  loop_->post([id, caller, start = std::move(start)](RelayLoop& loop) {
    loop.record(id, caller, std::nullopt, start, 1);
  });
  return id;
}

void Relay::record_phone(RecordingId recording, RelayLeg phone) {
  loop_->post([recording, phone](RelayLoop& loop) { loop.record_phone(recording, phone); });
}

void Relay::stop_recording(RecordingId recording) {
  loop_->post([recording](RelayLoop& loop) { loop.stop_recording(recording); });
}

LegStatistics Relay::statistics(RelayLeg leg) const {
  const auto found = legs_.find(leg.value);
  return found != legs_.end() ? found->second.counters->read() : LegStatistics{};
}

Traffic Relay::traffic() const {
  Traffic all = closed_;
  for (const auto& [id, held] : legs_) all.add(held.counters->read());
  return all;
}

RelayCounters Relay::counters() const {
  const auto& any = v4_ ? v4_ : v6_;
  return RelayCounters{.legs = legs_.size(),
                       .pairs = any ? any->ports.pairs() : 0,
                       .range_exhausted = range_exhausted_};
}

}  // namespace hotline::media
