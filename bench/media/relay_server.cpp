// The relay alone, for bench/media/run.py: legs for peers whose ports it reads, until its input
// ends. Usage: bench_relay relay      a line "A B" of two peers' ports each: answers "C D", where
// they send
//        bench_relay record DIR  the same, each call recorded there
//        bench_relay ringback   a line "A" of a port each: plays ringback there
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <numbers>
#include <sstream>
#include <string>

#include "media/relay.h"

namespace hotline::media {
namespace {

constexpr const char* kHost = "127.0.0.1";

// One second on, four off, as it is heard in China; what its bytes are costs nothing or something
// to nobody.
class Ringback : public Frames {
 public:
  Ringback() : samples_(kFrames * kFrameBytes, 0xd5) {
    for (std::size_t i = 0; i < samples_.size() / 5; ++i) {
      const double wave = std::sin(2 * std::numbers::pi * 450 * static_cast<double>(i) / 8'000);
      samples_[i] = static_cast<std::uint8_t>(0xd5 + 40 * wave);
    }
  }
  std::size_t count() const override { return kFrames; }
  std::span<const std::uint8_t> frame(std::size_t index) const override {
    return std::span(samples_).subspan(index * kFrameBytes, kFrameBytes);
  }

 private:
  static constexpr std::size_t kFrames = 250;
  static constexpr std::size_t kFrameBytes = 160;
  std::vector<std::uint8_t> samples_;
};

MediaTime read_clock() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return MediaTime(std::chrono::duration_cast<Microseconds>(now));
}

OpenedLeg open_for(Relay& relay, std::uint16_t port) {
  const auto leg = relay.open(Family::v4);
  if (!leg) {
    std::fprintf(stderr, "%s\n", leg.error().c_str());
    std::exit(1);
  }
  Remote remote;
  remote.rtp = *Endpoint::parse(kHost, port);
  remote.is_near = true;
  relay.set_remote(leg->id, remote);
  return *leg;
}

// How lines are served: `directory` is where calls are recorded, if at all.
struct Mode {
  bool is_ringback = false;
  std::string directory;
};

void serve(Relay& relay, const Mode& mode) {
  const auto ringback = std::make_shared<Ringback>();
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::uint16_t a = 0;
    std::uint16_t b = 0;
    words >> a >> b;
    const OpenedLeg first = open_for(relay, a);
    if (mode.is_ringback) {
      Playback playback;
      playback.frames = ringback;
      playback.repeats = true;
      relay.play(first.id, playback);
      std::cout << first.rtp_port << std::endl;
      continue;
    }
    const OpenedLeg second = open_for(relay, b);
    relay.connect(first.id, second.id);
    relay.watch_silence(first.id, std::chrono::seconds(60));
    relay.watch_silence(second.id, std::chrono::seconds(60));
    if (!mode.directory.empty()) {
      const std::string name = std::to_string(first.id.value) + ".wav";
      relay.record(first.id, second.id, {mode.directory + "/" + name});
    }
    std::cout << first.rtp_port << " " << second.rtp_port << std::endl;
  }
}

int run(const Mode& mode) {
  RelaySettings settings;
  settings.address_v4 = kHost;
  RelayEvents events;
  events.recorded = [](RecordingId, const RecordingResult& result) {
    if (!result.error.empty()) std::fprintf(stderr, "%s\n", result.error.c_str());
    if (result.dropped > 0) {
      std::fprintf(stderr, "%llu packets are missing in %s\n",
                   static_cast<unsigned long long>(result.dropped), result.path.c_str());
    }
  };
  auto relay = Relay::start(settings, read_clock, events);
  if (!relay) {
    std::fprintf(stderr, "%s\n", relay.error().c_str());
    return 1;
  }
  serve(**relay, mode);
  return 0;
}

}  // namespace
}  // namespace hotline::media

int main(int count, char** words) {
  const std::string mode = count > 1 ? words[1] : "";
  const bool is_recording = mode == "record" && count > 2;
  if (mode != "relay" && mode != "ringback" && !is_recording) {
    std::fprintf(stderr, "usage: bench_relay relay | record DIR | ringback\n");
    return 2;
  }
  return hotline::media::run({mode == "ringback", is_recording ? words[2] : ""});
}
