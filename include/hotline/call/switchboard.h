// Owns every live call: lets calls in, hands each its events, keeps accounts, lines and
// deadlines, and passes what calls want to the ports. Call thread only; never re-entered.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hotline/billing/accounts.h"
#include "hotline/call/call.h"
#include "hotline/call/lines.h"
#include "hotline/call/logbook.h"
#include "hotline/call/queues.h"
#include "hotline/call/trunk_load.h"
#include "hotline/call/unconfirmed.h"
#include "hotline/ports/alarm.h"
#include "hotline/ports/media_plane.h"
#include "hotline/ports/signalling.h"
#include "hotline/ports/store.h"

namespace hotline::call {

// What became of a call event, for the log: one line each.
struct Watcher {
  virtual ~Watcher() = default;
  virtual void happened(const Event& event, const cdr::Record* record) = 0;
  virtual void ended(const cdr::Record& record) = 0;
  virtual void posted(const billing::Posting& posting) = 0;
};

class Switchboard {
 public:
  struct Ports {
    ports::Signalling& signalling;
    ports::Store& store;
    ports::Alarm& alarm;
    Watcher& watcher;
    ports::MediaPlane* media = nullptr;  // null: audio does not come through here
  };

  Switchboard(Ports ports, std::shared_ptr<const routing::Snapshot> snapshot,
              std::uint32_t max_calls, CallIdSource ids);

  void on(const Event& event, Now now);
  // Handles every deadline that has come.
  void tick(Now now);

  // New calls follow the new configuration, live ones the one they began with.
  void use(std::shared_ptr<const routing::Snapshot> snapshot, std::uint32_t max_calls, Now now);
  // From now on every new call is refused with that cause; nullopt: calls are taken again.
  void close_door(std::optional<Cause> why) { door_closed_ = why; }
  void end_all(Cause cause, Now now);
  // So many calls of that trunk were refused as overload before they got here: one record of all.
  void turned_away(const std::string& trunk, std::uint32_t calls, Now now);

  // Accounts and money from outside: already durable when they get here. `unjudged`: what moved
  // the account's money while no server ran, in order.
  void open_account(billing::Book book, std::vector<billing::Movement> unjudged = {}) {
    accounts_.open(std::move(book), std::move(unjudged));
  }
  void moved(const std::string& account, Money amount, billing::EntryKind kind, Now now);
  // By hand; as the accounts do it.
  void close_account(const std::string& account, billing::AccountEvent by);
  bool reinstate_account(const std::string& account, billing::AccountEvent by);
  // A call of a former process goes on. Requires: its account is open, the snapshot is ours.
  void adopt(Adopted adopted, Now now);
  // Takes the fees that midnights and months have brought until now. To be called at a start, when
  // all accounts are open, and each minute or so.
  void keep_books(Now now);

  const billing::Accounts& accounts() const { return accounts_; }
  std::size_t live_calls() const { return calls_.size(); }
  // Null where no such call is live.
  const Call* find(const CallId& id) const;
  std::optional<CallRef> ref_of(const CallId& id) const;
  void each_call(const std::function<void(const Call&)>& visit) const;
  const Lines& lines() const { return lines_; }
  // Pauses and blocks are made and lifted here too.
  Logbook& logbook() { return logbook_; }
  const Logbook& logbook() const { return logbook_; }
  const routing::Snapshot& snapshot() const { return *snapshot_; }
  const TrunkLoad& trunks() const { return trunks_; }
  const Queues& queues() const { return queues_; }

 private:
  friend class LiveFacts;

  struct Live {
    explicit Live(Call made) : call(std::move(made)) {}
    Call call;
    Instant alarm = Instant::max();
    bool counted = false;  // among the caller's live calls
    bool waits = false;    // in a queue
  };

  void handle(const Event& event, Now now);
  void follow_up(Now now);
  void receive(const CallOffered& offered, Now now);
  void refuse(const CallOffered& offered, cdr::Record record, Cause cause, Now now);
  static bool answers_refusal(const CallOffered& offered, const routing::Hotline& hotline,
                              Cause cause);
  void tell_cap(const routing::Hotline& hotline, const routing::Decision& decision, Now now);
  void admit(const CallOffered& offered, const routing::Hotline& hotline,
             const billing::Tariff& tariff, cdr::Record draft, routing::Decision decision, Now now);
  Live& keep(Call call);
  std::optional<Cause> closed_to(const CallOffered& offered) const;
  bool take_line(const RingPhone& ring, Now now);
  void free_line(LegId leg);
  void free_line(const Event& event);
  void talk_ended(const routing::Phone& phone, Now now);
  void seek(const Call& call, const SeekFurther& seek, Now now);
  void take_turn(const routing::Verdict& verdict);
  void join(const Live& live, const JoinQueue& join, Now now);
  void leave_queue(const Call& call, Now now);
  void serve_queues(Now now);
  void ring_for_who_waits(Now now);
  routing::RingPlan plan_of(const Call& call, Now now) const;
  void attempted(const Call& call, const NoteAttempt& attempt, Now now);
  void tell_of_message(const cdr::Record& record);
  void settle(const Live& live, const CloseCall& close, Now now);
  void keep_postings();
  void orphan(const Event& event);
  void deliver(CallRef ref, const Event& event, Now now);
  void carry_out(CallRef ref, Live& live, Actions actions, Now now);
  void settle_confirmation(CallRef ref);
  void tell_confirmed();
  void reschedule(CallRef ref, Live& live);
  void set_alarm();
  template <class Action>
  void perform(CallRef ref, Live& live, Action& action, Now now);

  Ports ports_;
  std::shared_ptr<const routing::Snapshot> snapshot_;
  std::uint32_t max_calls_;
  std::optional<Cause> door_closed_;
  CallIdSource ids_;
  billing::Accounts accounts_;
  Lines lines_;
  Logbook logbook_;
  TrunkLoad trunks_;
  Queues queues_;
  Unconfirmed unconfirmed_;
  Instant told_confirmed_{};  // before that
  std::vector<CallRef> new_in_queue_;
  bool phones_may_be_free_ = false;
  Instant looks_again_ = Instant::max();  // whether phones have become free by themselves
  std::unordered_map<CallRef, Live> calls_;
  std::set<std::pair<Instant, CallRef>> deadlines_;
  Instant alarm_ = Instant::max();
  std::deque<Event> follow_ups_;  // what actions bring about at once: handled before returning
};

}  // namespace hotline::call
