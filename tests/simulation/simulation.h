// A whole day of the core without a world: callers, phones, a store and a media plane that do what
// dice say, on a clock that jumps from event to event. Phones are late, busy or silent; answers and
// keys come twice; the store is slow, fails, and is gone with the process; configuration changes
// under live calls; the wall clock jumps. After every step what must always hold is checked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "hotline/call/after_crash.h"
#include "hotline/call/switchboard.h"

namespace hotline::simulation {

// What must hold does not. The message says what; the test adds the seed.
struct Broken : std::logic_error {
  using std::logic_error::logic_error;
};

class Simulation final : public ports::Signalling,
                         public ports::Store,
                         public ports::Alarm,
                         public ports::MediaPlane,
                         public call::Watcher {
 public:
  explicit Simulation(std::uint64_t seed);

  // Plays so long by its own clock, ends all calls, and checks that nothing is left.
  // Errors: throws Broken.
  void play(std::chrono::minutes time);

  // What has happened, for who wants to know that something has.
  struct Counts {
    int calls = 0, answered = 0, bridged = 0, menus = 0, waited = 0, cut_off = 0, surveyed = 0;
    int crashes = 0, failures = 0, reloads = 0, adopted_rows = 0, closed_rows = 0;
    int begun_again = 0;     // of the adopted rows: callers without a phone
    int confirmed_rows = 0;  // of them: known to have confirmed the answer
    int whispers = 0, passed_on = 0, not_passed_on = 0, credit_tones = 0;
  };
  const Counts& counts() const { return counts_; }

 private:
  using Doing = std::function<void()>;
  struct Row {
    CallRef call;
    call::Unfinished unfinished;
  };

  // --- the engine (simulation.cpp)
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  bool percent(std::uint64_t chance) { return below(100) < chance; }
  Milliseconds between(std::int64_t least_ms, std::int64_t most_ms);
  Now now() const { return {mono_, WallTime(mono_.time_since_epoch()) + wall_offset_}; }
  // What is under way is lost with a crash.
  void later(Milliseconds in, Doing doing);
  void tell(call::Event event, std::int64_t most_ms = 20);
  void start();
  void crash();
  std::optional<call::Adopted> take_up(const CallId& id, const Row& row);
  bool step();
  void check() const;
  void check_calls() const;
  std::string late_calls() const;
  void disturb();
  void finish();

  // --- who calls and who is called (people.cpp)
  struct Caller {
    bool is_answered = false;
    bool is_over = false;
    std::uint32_t playback = 0;
    bool heard_credit_tone = false;
  };
  struct Leg {
    std::string line_key;
    std::uint32_t lines = 1;
    bool rings = true;
    bool has_outlived = false;  // a process; its journal may have been behind
  };
  void offer();
  void behave(CallRef call);
  void press_keys(CallRef call);
  void answer(LegId leg);
  void pass_on(LegId leg);
  void outlive(CallRef call);
  call::HungUp hang_up(LegId leg);
  void end(LegId leg, call::Event event, Milliseconds in);
  void perform(const call::RingPhone& wish) override;
  void perform(const call::CancelPhone& wish) override;
  void perform(const call::ConfirmPhone&) override {}
  void perform(const call::TellRinging&) override {}
  void perform(const call::AnswerCaller& wish) override;
  void perform(const call::RefuseCaller& wish) override;
  void perform(const call::HangUp& wish) override;
  void perform(const call::OfferMedia& wish) override;
  void perform(const call::WithdrawMedia&) override {}
  void perform(const call::AcceptMedia&) override {}
  void perform(const call::RejectMedia&) override {}
  void perform(const call::ConfirmMedia&) override {}
  void perform(const call::PlayToCaller& wish) override;
  void perform(const call::PassKey&) override {}
  void perform(const call::TellTransfer& wish) override;
  void perform(const call::PlayToPhone& wish) override;
  void perform(const call::BridgePhone&) override {}
  void perform(const call::SoundCreditTone& wish) override;
  void perform(const call::RecordCall&) override {}
  void count(CallRef, cdr::Record&) const override {}
  void describe(call::JournalAnswer&) override {}
  void describe(call::JournalMedia&) override {}

  // --- what is written (store.cpp)
  // One thing to be made durable: what it does, and who is told; a failure is told, or it waits.
  struct Work {
    Doing apply;
    CallRef told{};
    bool is_answer = false;
    bool waits = false;  // for better times: never given up
  };
  void write(Work work);
  void flush();
  void file(const cdr::Record& record, const std::vector<billing::LedgerEntry>& charge);
  void perform(call::JournalAdmission admission) override;
  void perform(call::JournalAnswer answer) override;
  void perform(const call::JournalPaid& paid) override;
  void perform(const call::JournalAdopted& adopted) override;
  void perform(call::JournalMedia) override {}
  void perform(call::JournalTarget) override {}
  void confirmed_before(Instant answered) override { confirmed_before_ = answered; }
  void perform(call::KeepNote) override {}
  void close_call(call::CloseCall close, std::vector<billing::LedgerEntry> charge) override;
  void perform(const call::RecordRefusal& refusal) override;
  void post(billing::Posting) override {}
  void append(std::vector<billing::LedgerEntry>, std::function<void(ports::Applied)>) override {}
  void open_account(const std::string&, const billing::Standing&,
                    std::function<void(ports::Applied)>) override {}
  bool takes_new_calls() const override { return !is_failing_; }

  void wake_at(Instant when) override { alarm_ = when; }
  void happened(const call::Event&, const cdr::Record*) override {}
  void ended(const cdr::Record& record) override;
  void posted(const billing::Posting&) override {}

  std::mt19937_64 random_;
  Counts counts_;
  Instant mono_{Milliseconds(1'000)};
  Milliseconds wall_offset_{1'772'416'800'000};  // 2026-03-02 10:00 in China
  std::multimap<Instant, Doing> agenda_;
  Instant alarm_ = Instant::max();
  int ticks_in_place_ = 0;
  std::uint64_t life_ = 0;  // of the process

  std::shared_ptr<const routing::Snapshot> snapshot_;
  std::unique_ptr<call::Switchboard> switchboard_;
  std::uint64_t last_call_ = 0;
  std::map<CallRef, Caller> callers_;
  std::map<LegId, Leg> legs_;

  // Durable.
  std::map<CallId, Row> journal_;
  std::map<CallId, int> records_;
  std::map<CallId, Milliseconds> most_;  // that a call may be billed, one side of which is gone
  Money balance_;                        // by the ledger
  Now heartbeat_;
  Instant durable_confirmed_before_{};
  // Not yet.
  std::vector<Work> waiting_;
  Instant confirmed_before_{};
  Money waiting_charges_;
  bool is_failing_ = false;
  bool flush_is_due_ = false;
  std::map<CallRef, CallId> ids_;  // of the calls of this life
  std::set<CallId> confirmed_;     // whose callers have confirmed the answer, in any life
};

// Two hotlines with menus, queues and phones, as dice will have it.
std::shared_ptr<const routing::Snapshot> make_rules(std::mt19937_64& random);

}  // namespace hotline::simulation
