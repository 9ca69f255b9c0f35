#include "sip/loop.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <iterator>

#include <sys/eventfd.h>
#include <unistd.h>

#include "hotline/base/contract.h"

// The hook by which sofia asks for the time, and two of its logs: exported by the library, declared
// in no public header.
extern "C" void (*_su_time)(su_time_t* now);
extern "C" su_log_t nta_log[];
extern "C" su_log_t tport_log[];

namespace hotline::sip {
namespace {

// Of posted work so much is done at once, then the network has its turn: a quarter of it, within
// these. A commit answers many calls in one moment, and what they say next would come in one, too.
constexpr std::size_t kLeastAtOnce = 1;
constexpr std::size_t kMostAtOnce = 256;
constexpr su_duration_t kApart_ms = 1;
constexpr Milliseconds kLongestSleep{3'600'000};
constexpr std::int64_t kNtpEpoch_s = 2'208'988'800;  // 1900 to 1970

std::int64_t read_ms(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

std::atomic<std::int64_t> skipped_ms{0};
std::atomic<std::int64_t> stands_at_ms{0};  // 0: it runs

std::int64_t monotonic_ms() {
  const std::int64_t stands_at = stands_at_ms;
  return (stands_at > 0 ? stands_at : read_ms(CLOCK_MONOTONIC)) + skipped_ms;
}

// What civil time was when the loop was made, counted on by the monotonic clock: sofia's timers
// neither see the administrator's hand nor spin through fractions of a millisecond.
std::int64_t clock_offset_ms = 0;

void tell_time(su_time_t* now) {
  const std::int64_t ms = monotonic_ms() + clock_offset_ms;
  now->tv_sec = static_cast<unsigned long>(ms / 1000 + kNtpEpoch_s);
  now->tv_usec = static_cast<unsigned long>(ms % 1000 * 1000);
}

// Sofia's own log would print what strangers send.
void silence_sofia() {
  su_log_set_level(su_log_global, 0);
  su_log_set_level(su_log_default, 0);
  su_log_set_level(nta_log, 0);
  su_log_set_level(tport_log, 0);
}

}  // namespace

tl::expected<std::unique_ptr<Loop>, std::string> Loop::create() {
  static const bool once = [] {
    su_init();
    silence_sofia();
    return true;
  }();
  static_cast<void>(once);
  clock_offset_ms = read_ms(CLOCK_REALTIME) - monotonic_ms();
  _su_time = tell_time;

  std::unique_ptr<Loop> loop(new Loop);
  loop->root_ = su_root_create(loop.get());
  if (loop->root_ != nullptr) {
    loop->timer_ = su_timer_create(su_root_task(loop->root_), 0);
    loop->pause_ = su_timer_create(su_root_task(loop->root_), 0);
  }
  loop->bell_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  su_wait_t wait;
  su_wait_init(&wait);
  if (loop->timer_ != nullptr && loop->pause_ != nullptr && loop->bell_ >= 0 &&
      su_wait_create(&wait, loop->bell_, SU_WAIT_IN) == 0) {
    loop->bell_index_ = su_root_register(loop->root_, &wait, on_mail, loop.get(), 0);
  }
  if (loop->bell_index_ <= 0) {
    return tl::unexpected(std::string("cannot make the event loop: ") + std::strerror(errno));
  }
  return loop;
}

Loop::~Loop() {
  deferred_.clear();
  if (root_ != nullptr && turn_asked_) su_root_step(root_, 0);  // takes the message of the turn
  if (timer_ != nullptr) su_timer_destroy(timer_);
  if (pause_ != nullptr) su_timer_destroy(pause_);
  if (bell_index_ > 0) su_root_deregister(root_, bell_index_);
  if (root_ != nullptr) su_root_destroy(root_);
  if (bell_ >= 0) close(bell_);
}

void Loop::run() { su_root_run(root_); }

void Loop::stop() {
  post([this] { su_root_break(root_); });
}

void Loop::post(Work work) {
  std::vector<Work> works;
  works.push_back(std::move(work));
  post(std::move(works));
}

void Loop::post(std::vector<Work> works) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = mailbox_.empty();
    std::move(works.begin(), works.end(), std::back_inserter(mailbox_));
  }
  if (was_empty) ring();
}

void Loop::ring() {
  const std::uint64_t one = 1;
  // Full (EAGAIN) means rung already.
  while (write(bell_, &one, sizeof one) < 0 && errno == EINTR) {
  }
}

void Loop::defer(Work work) {
  deferred_.push_back(std::move(work));
  if (turn_asked_) return;
  su_msg_r message = SU_MSG_R_INIT;
  const int made = su_msg_create(message, su_root_task(root_), su_root_task(root_), on_turn, 0);
  HOTLINE_EXPECT(made == 0 && su_msg_send(message) == 0);
  turn_asked_ = true;
}

void Loop::do_deferred() {
  while (!deferred_.empty()) {
    const Work work = std::move(deferred_.front());
    deferred_.pop_front();
    work();
  }
}

void Loop::do_posted() {
  {
    const std::lock_guard lock(mutex_);
    std::move(mailbox_.begin(), mailbox_.end(), std::back_inserter(taken_));
    mailbox_.clear();
  }
  if (pausing_) return;
  const std::size_t share =
      std::min(taken_.size(), std::clamp(taken_.size() / 4, kLeastAtOnce, kMostAtOnce));
  for (std::size_t done = 0; done < share; ++done) {
    do_deferred();
    const Work work = std::move(taken_.front());
    taken_.pop_front();
    work();
  }
  if (taken_.empty()) return;
  pausing_ = true;
  su_timer_set_interval(pause_, on_pause_over, this, kApart_ms);
}

void Loop::on_pause_over(Loop*, su_timer_t*, void* self) noexcept {
  Loop& loop = *static_cast<Loop*>(self);
  loop.pausing_ = false;
  loop.do_posted();
}

int Loop::on_mail(Loop*, su_wait_t*, Loop* self) noexcept {
  std::uint64_t rung = 0;
  if (read(self->bell_, &rung, sizeof rung) == sizeof rung) self->do_posted();
  return 0;
}

void Loop::on_turn(Loop* magic, su_msg_t**, su_msg_arg_t*) noexcept {
  magic->turn_asked_ = false;
  magic->do_deferred();
}

void Loop::wake_at(Instant when) {
  alarm_at_ = when;
  set_alarm();
}

void Loop::set_alarm() {
  if (alarm_at_ == Instant::max()) {
    su_timer_reset(timer_);
    return;
  }
  const Milliseconds sleep =
      std::clamp(alarm_at_ - std::min(now(), alarm_at_), Milliseconds(0), kLongestSleep);
  su_timer_set_interval(timer_, on_timer, this, sleep.count());
}

void Loop::on_timer(Loop*, su_timer_t*, void* self) noexcept {
  Loop& loop = *static_cast<Loop*>(self);
  if (now() < loop.alarm_at_) {
    loop.set_alarm();
    return;
  }
  loop.alarm_at_ = Instant::max();
  loop.do_deferred();
  if (loop.alarm_work_) loop.alarm_work_();
}

Instant Loop::now() { return Instant(Milliseconds(monotonic_ms())); }

void Loop::skip(Milliseconds time) { skipped_ms += time.count(); }

Loop::StandingClock::StandingClock() { stands_at_ms = read_ms(CLOCK_MONOTONIC); }
Loop::StandingClock::~StandingClock() { stands_at_ms = 0; }

Timer::Timer(Loop& loop, Milliseconds delay, Loop::Work work) : work_(std::move(work)) {
  timer_ = su_timer_create(su_root_task(loop.root()), 0);
  HOTLINE_EXPECT(timer_ != nullptr);
  su_timer_set_interval(timer_, on_timer, this, delay.count());
}

Timer::~Timer() { su_timer_destroy(timer_); }

void Timer::on_timer(Loop*, su_timer_t*, void* self) noexcept {
  // The work may destroy this timer, so it runs from a copy of its own.
  const Loop::Work work = std::move(static_cast<Timer*>(self)->work_);
  work();
}

}  // namespace hotline::sip
