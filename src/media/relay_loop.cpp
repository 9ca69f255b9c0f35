#include "media/relay_loop.h"

#include <algorithm>

#include <boost/asio/buffer.hpp>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace hotline::media {
namespace {

// Sockets asked for at once.
constexpr std::size_t kMostReady = 256;
// Each ready socket gives one packet a round, so that a flood takes no other's turn; what is left
// after these rounds waits for the next tick, in the socket's bounded buffer.
constexpr std::size_t kMostRounds = 32;
constexpr Microseconds kLookAfter{50'000};
// Where no packet is passed on: two turns of the wheel at once cost less than one by one.
constexpr Microseconds kUnhurried{4'000};

}  // namespace

RelayLoop::RelayLoop(std::function<MediaTime()> clock, Microseconds tick, RelayEvents events,
                     RecordingFeed& feed)
    : clock_(std::move(clock)),
      tick_(tick),
      events_(std::move(events)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      feed_(feed),
      taps_(feed),
      work_(boost::asio::make_work_guard(io_)),
      ticker_(io_) {
  const int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (fd >= 0) ticker_.assign(fd);
  thread_ = std::thread([this] { io_.run(); });
}

RelayLoop::~RelayLoop() {
  post([](RelayLoop& loop) {
    loop.taps_.end_all(loop.clock_());
    loop.io_.stop();
  });
  thread_.join();
  if (epoll_ >= 0) close(epoll_);
}

int RelayLoop::go_first(int priority) {
  sched_param wanted{};
  wanted.sched_priority = priority;
  return pthread_setschedparam(thread_.native_handle(), SCHED_RR, &wanted);
}

Leg* RelayLoop::find(RelayLeg id) {
  const auto found = legs_.find(id.value);
  return found != legs_.end() ? found->second->leg.get() : nullptr;
}

void RelayLoop::add(std::unique_ptr<Leg> leg) {
  auto entry = std::make_unique<Entry>();
  entry->ready = {Ready{leg.get(), false}, Ready{leg.get(), true}};
  watch(leg->rtp_socket(), entry->ready[0]);
  watch(leg->rtcp_socket(), entry->ready[1]);
  entry->leg = std::move(leg);
  legs_.emplace(entry->leg->id().value, std::move(entry));
}

void RelayLoop::watch(const UdpSocket& socket, Ready& ready) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &ready;
  // Fails for want of memory alone; then nothing is heard here, as if the peer were silent.
  epoll_ctl(epoll_, EPOLL_CTL_ADD, socket.descriptor(), &event);
}

void RelayLoop::remove(RelayLeg id) {
  const auto found = legs_.find(id.value);
  if (found == legs_.end()) return;
  disconnect(id);
  taps_.leg_ends(*found->second->leg, clock_());
  wheel_.remove(*found->second->leg);
  legs_.erase(found);  // closing its sockets takes them out of epoll
}

void RelayLoop::set_remote(RelayLeg id, const Remote& remote) {
  if (Leg* leg = find(id)) leg->set_remote(remote, clock_());
}

void RelayLoop::connect(RelayLeg a, RelayLeg b) {
  Leg* const first = find(a);
  Leg* const second = find(b);
  if (first == nullptr || second == nullptr || first == second) return;
  disconnect(a);
  disconnect(b);
  first->connect(second);
  second->connect(first);
  ++pairs_;
  keep_pace();
}

void RelayLoop::disconnect(RelayLeg id) {
  Leg* const leg = find(id);
  if (leg == nullptr || leg->other() == nullptr) return;
  leg->other()->connect(nullptr);
  leg->connect(nullptr);
  --pairs_;
  keep_pace();
}

void RelayLoop::play(RelayLeg id, const Playback& playback, PlaybackId number) {
  Leg* const leg = find(id);
  if (leg == nullptr) return;
  if (leg->playing() == PlaybackId::none) wheel_.add(*leg);
  leg->play(playback, number);
}

void RelayLoop::stop(RelayLeg id) {
  Leg* const leg = find(id);
  if (leg == nullptr) return;
  leg->stop_playing();
  wheel_.remove(*leg);
}

void RelayLoop::watch_silence(RelayLeg id, Microseconds most) {
  if (Leg* leg = find(id)) leg->watch_silence(most, clock_());
}

void RelayLoop::expect_media(RelayLeg id, bool is_expected) {
  if (Leg* leg = find(id)) leg->expect_media(is_expected, clock_());
}

void RelayLoop::record(RecordingId id, RelayLeg caller, std::optional<RelayLeg> phone,
                       const RecordingStart& start, std::size_t channels) {
  Leg* const left = find(caller);
  if (left == nullptr) return;
  taps_.begin({id, start, channels, clock_()}, *left, phone ? find(*phone) : nullptr);
}

void RelayLoop::record_phone(RecordingId id, RelayLeg phone) {
  if (Leg* leg = find(phone)) taps_.hear(id, *leg, clock_());
}

void RelayLoop::stop_recording(RecordingId id) { taps_.end(id, clock_()); }

void RelayLoop::keep_pace() {
  Microseconds wanted = pairs_ > 0 ? tick_ : std::max(tick_, kUnhurried);
  if (!has_work()) wanted = Microseconds(0);
  if (std::exchange(pace_, wanted) != wanted) tick_every(wanted);
}

void RelayLoop::tick_every(Microseconds time) {
  const auto period = timespec{0, std::chrono::nanoseconds(time).count()};
  const itimerspec often{period, period};
  timerfd_settime(ticker_.native_handle(), 0, &often, nullptr);
}

void RelayLoop::wait_for_tick() {
  if (std::exchange(is_waiting_, true)) return;
  // How many have passed says nothing: one look does for all.
  ticker_.async_read_some(boost::asio::buffer(&ticks_, sizeof ticks_),
                          [this](const boost::system::error_code& error, std::size_t) {
                            if (error) return;
                            is_waiting_ = false;
                            on_tick();
                            look();
                          });
}

// Until the next tick, or, without legs, until there are orders again.
void RelayLoop::look() {
  do {
    will_look_ = true;
    carry_out_orders();
    keep_pace();
    if (has_work()) return wait_for_tick();
    will_look_ = false;
  } while (!orders_.empty());
}

void RelayLoop::carry_out_orders() {
  for (auto order = orders_.take(); order; order = std::move(order->next)) order->carry_out(*this);
}

void RelayLoop::on_tick() {
  carry_out_orders();  // given before the packets that wait, some of them
  const MediaTime now = clock_();
  receive_all(now);
  play_all(now);
  if (now - looked_after_ < kLookAfter) return;
  looked_after_ = now;
  look_after_all(now);
}

void RelayLoop::receive_all(MediaTime now) {
  std::array<epoll_event, kMostReady> ready;
  // A round takes as many askings as its sockets fill.
  const std::size_t most = kMostRounds + 2 * legs_.size() / kMostReady;
  for (std::size_t asked = 0; asked < most; ++asked) {
    const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 0);
    if (count <= 0) return;
    for (int i = 0; i < count; ++i) {
      receive_one(*static_cast<const Ready*>(ready[static_cast<std::size_t>(i)].data.ptr), now);
    }
  }
}

void RelayLoop::receive_one(const Ready& ready, MediaTime now) {
  Leg& leg = *ready.leg;
  const UdpSocket& socket = ready.is_rtcp ? leg.rtcp_socket() : leg.rtp_socket();
  Arrived packet;
  const auto length = socket.receive(buffer_, packet.from);
  if (!length) return;
  // One that was cut is longer than any that is taken.
  packet.bytes = std::span(buffer_).first(std::min(*length, buffer_.size()));
  packet.is_on_rtcp_port = ready.is_rtcp;
  packet.at = now;
  leg.received(packet);
}

void RelayLoop::play_all(MediaTime now) {
  due_.clear();
  wheel_.collect(now, due_);
  for (Leg* leg : due_) {
    const PlaybackId number = leg->playing();
    if (leg->play_next(now)) continue;
    wheel_.remove(*leg);
    events_.played(leg->id(), number);
  }
}

void RelayLoop::look_after_all(MediaTime now) {
  feed_.flush();
  for (const auto& [id, entry] : legs_) {
    if (entry->leg->has_fallen_silent(now)) events_.silent(entry->leg->id());
  }
}

}  // namespace hotline::media
