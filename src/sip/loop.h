// The loop that all calls live on: sofia's own su_root, with a mailbox for the other threads, the
// alarm of the switchboard, and a clock that no administrator can turn back.
//
// One thread runs the loop and owns every object of signalling and every call. All others (the
// store's writer, admin, signals) post plain work to the mailbox.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/base/time.h"
#include "hotline/ports/alarm.h"

#include "sip/sofia.h"

namespace hotline::sip {

class Loop final : public ports::Alarm {
 public:
  using Work = std::function<void()>;

  // Makes the loop and installs its clock under all of sofia's timers.
  // Requires: one at a time; made before other threads start, on the thread that will run it.
  // Errors: one sentence when the system gives no descriptors.
  static tl::expected<std::unique_ptr<Loop>, std::string> create();
  ~Loop() override;
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Runs until stop(). May be run again afterwards.
  void run();
  // Thread: any.
  void stop();

  // Has the work done on the loop's thread, in the order of posting, and between much of it what
  // the network brings.
  // Thread: any.
  void post(Work work);
  void post(std::vector<Work> works);
  // Has the work done as soon as no callback of sofia is on the stack any more, before the next
  // posted work and before the alarm.
  // Thread: the loop's.
  void defer(Work work);

  // Called at each alarm, on the loop's thread.
  void on_alarm(Work work) { alarm_work_ = std::move(work); }
  void wake_at(Instant when) override;

  // The monotonic clock, to the millisecond: the one that wake_at understands.
  // Thread: any.
  static Instant now();

  // For tests: so much time has passed at once, for timers and for now().
  static void skip(Milliseconds time);
  // For tests: while one lives, no time passes but what is skipped.
  class StandingClock {
   public:
    StandingClock();
    ~StandingClock();
    StandingClock(const StandingClock&) = delete;
    StandingClock& operator=(const StandingClock&) = delete;
  };

  su_root_t* root() const { return root_; }

 private:
  Loop() = default;
  void set_alarm();
  void do_deferred();
  void do_posted();
  void ring();

  static int on_mail(Loop* magic, su_wait_t* wait, Loop* self) noexcept;
  static void on_timer(Loop* magic, su_timer_t* timer, void* self) noexcept;
  static void on_pause_over(Loop* magic, su_timer_t* timer, void* self) noexcept;
  static void on_turn(Loop* magic, su_msg_t** message, su_msg_arg_t* argument) noexcept;

  su_root_t* root_ = nullptr;
  su_timer_t* timer_ = nullptr;
  su_timer_t* pause_ = nullptr;  // between two shares of posted work
  bool pausing_ = false;
  int bell_ = -1;  // an eventfd
  int bell_index_ = -1;
  bool turn_asked_ = false;
  Instant alarm_at_ = Instant::max();
  Work alarm_work_;
  std::deque<Work> deferred_;
  std::deque<Work> taken_;  // out of the mailbox, not done yet

  std::mutex mutex_;
  std::vector<Work> mailbox_;
};

// A timer of one leg: calls back once, on the loop's thread, unless it dies before.
class Timer {
 public:
  Timer(Loop& loop, Milliseconds delay, Loop::Work work);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

 private:
  static void on_timer(Loop* magic, su_timer_t* timer, void* self) noexcept;

  Loop::Work work_;
  su_timer_t* timer_ = nullptr;
};

}  // namespace hotline::sip
