// The media thread: looks at all sockets more than a thousand times a second, and lets the legs do
// the rest. A packet so waits for less than a millisecond; in return one wake-up serves all that
// came meanwhile, which is most of what a relay otherwise costs (docs/adr/0010). As long as callers
// are only played to, and nobody hears anybody, it looks less often. Orders of the call thread are
// carried out between two ticks, so nothing here is locked.
// Thread: its own, but for the constructor, the destructor, `go_first` and `post`.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

#include "media/leg.h"
#include "media/orders.h"
#include "media/play_wheel.h"
#include "media/recording_feed.h"
#include "media/relay_events.h"
#include "media/taps.h"

namespace hotline::media {

class RelayLoop {
 public:
  // `feed` leads to the recordings' writer, and outlives us.
  RelayLoop(std::function<MediaTime()> clock, Microseconds tick, RelayEvents events,
            RecordingFeed& feed);
  ~RelayLoop();

  // Whether the kernel gave what it needs; nothing else may be asked of one that is not.
  bool is_open() const { return epoll_ >= 0 && ticker_.is_open(); }

  // Returns: 0, or the errno that says why the thread may not go before others.
  int go_first(int priority);

  // Has `order(*this)` run on the media thread.
  // Thread: any.
  template <class Order>
  void post(Order order) {
    orders_.give(std::move(order));
    // Whoever looks at the sockets looks for orders, too; one that stands has to be told.
    if (!will_look_.exchange(true)) boost::asio::post(io_, [this] { look(); });
  }

  // All of these do nothing for a leg that is not there.
  void add(std::unique_ptr<Leg> leg);
  void remove(RelayLeg id);
  void set_remote(RelayLeg id, const Remote& remote);
  void connect(RelayLeg a, RelayLeg b);
  void disconnect(RelayLeg id);
  void play(RelayLeg id, const Playback& playback, PlaybackId number);
  void stop(RelayLeg id);
  void watch_silence(RelayLeg id, Microseconds most);
  void expect_media(RelayLeg id, bool is_expected);
  void record(RecordingId id, RelayLeg caller, std::optional<RelayLeg> phone,
              const RecordingStart& start, std::size_t channels);
  void record_phone(RecordingId id, RelayLeg phone);
  void stop_recording(RecordingId id);

 private:
  // What epoll hands back: a socket of a leg.
  struct Ready {
    Leg* leg = nullptr;
    bool is_rtcp = false;
  };
  struct Entry {
    std::unique_ptr<Leg> leg;
    std::array<Ready, 2> ready;
  };

  Leg* find(RelayLeg id);
  void watch(const UdpSocket& socket, Ready& ready);
  bool has_work() const { return !legs_.empty() || feed_.has_orders(); }
  void keep_pace();
  void tick_every(Microseconds time);
  void wait_for_tick();
  void look();
  void carry_out_orders();
  void on_tick();
  void receive_all(MediaTime now);
  void receive_one(const Ready& ready, MediaTime now);
  void play_all(MediaTime now);
  void look_after_all(MediaTime now);

  std::function<MediaTime()> clock_;
  Microseconds tick_;
  Microseconds pace_{0};   // the ticker's; 0: it stands
  std::size_t pairs_ = 0;  // of legs that hear each other
  RelayEvents events_;
  int epoll_;
  std::unordered_map<std::uint32_t, std::unique_ptr<Entry>> legs_;
  PlayWheel wheel_;
  std::vector<Leg*> due_;
  RecordingFeed& feed_;
  Taps taps_;
  MediaTime looked_after_{};
  std::array<std::uint8_t, 2'048> buffer_{};

  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  // A timer of the kernel's that goes on by itself: one that is set for each tick costs twice.
  boost::asio::posix::stream_descriptor ticker_;
  Orders orders_;
  std::atomic<bool> will_look_{false};
  std::uint64_t ticks_ = 0;
  bool is_waiting_ = false;
  std::thread thread_;
};

}  // namespace hotline::media
