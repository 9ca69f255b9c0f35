#include "hotline/call/switchboard.h"

#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/base/lasting.h"

#include "call/live_facts.h"

namespace hotline::call {
namespace {

// The call an event is about.
struct CallOf {
  template <class Event>
  CallRef operator()(const Event& event) const {
    if constexpr (requires { event.leg; }) {
      return event.leg.call;
    } else {
      return event.call;
    }
  }
};

}  // namespace

Switchboard::Switchboard(Ports ports, std::shared_ptr<const routing::Snapshot> snapshot,
                         std::uint32_t max_calls, CallIdSource ids)
    : ports_(ports),
      snapshot_(std::move(snapshot)),
      max_calls_(max_calls),
      ids_(ids),
      logbook_([this](KeepNote note) { ports_.store.perform(std::move(note)); }) {
  accounts_.use(snapshot_->terms, WallTime());  // there is no account yet
}

void Switchboard::on(const Event& event, Now now) {
  HOTLINE_EXPECT(follow_ups_.empty());
  handle(event, now);
  follow_up(now);
  serve_queues(now);
  set_alarm();
}

void Switchboard::follow_up(Now now) {
  while (!follow_ups_.empty()) {
    const Event next = std::move(follow_ups_.front());
    follow_ups_.pop_front();
    handle(next, now);
  }
}

void Switchboard::handle(const Event& event, Now now) {
  free_line(event);
  if (const auto* confirmed = std::get_if<CallerConfirmed>(&event)) {
    settle_confirmation(confirmed->call);
  }
  if (const auto* offered = std::get_if<CallOffered>(&event)) return receive(*offered, now);
  deliver(std::visit(CallOf{}, event), event, now);
}

// A line of the phone, and room on the trunk it is behind.
bool Switchboard::take_line(const RingPhone& ring, Now now) {
  if (!lines_.take(ring.leg, ring.line_key, ring.lines, now.mono)) return false;
  const auto* behind = std::get_if<routing::TrunkNumber>(&ring.address);
  const routing::Trunk* trunk = behind == nullptr ? nullptr : snapshot_->trunk(behind->trunk);
  if (trunk == nullptr || trunks_.take(ring.leg, *trunk, now.mono)) return true;
  lines_.free(ring.leg);
  return false;
}

void Switchboard::free_line(LegId leg) {
  phones_may_be_free_ = true;
  lines_.free(leg);
  trunks_.free(leg);
}

// A leg's line is free when the leg has ended by itself. Legs we hang up: see perform().
void Switchboard::free_line(const Event& event) {
  if (const auto* failed = std::get_if<PhoneFailed>(&event)) free_line(failed->leg);
  if (const auto* hung_up = std::get_if<HungUp>(&event)) free_line(hung_up->leg);
}

void Switchboard::talk_ended(const routing::Phone& phone, Now now) {
  if (phone.wrap_up > Seconds(0)) lines_.rest(phone.line_key, now.mono + phone.wrap_up);
  logbook_.talk_ended(phone, now.wall);
}

void Switchboard::deliver(CallRef ref, const Event& event, Now now) {
  const auto found = calls_.find(ref);
  if (found == calls_.end()) return orphan(event);
  Live& live = found->second;
  ports_.watcher.happened(event, &live.call.record());
  const routing::Phone* talked = live.call.talking_phone();
  Actions actions = live.call.on(event, now);
  if (talked != nullptr && live.call.talking_phone() != talked) talk_ended(*talked, now);
  carry_out(ref, live, std::move(actions), now);
}

// Messages cross: a call may be over when its last events arrive.
void Switchboard::orphan(const Event& event) {
  ports_.watcher.happened(event, nullptr);
  if (const auto* answered = std::get_if<PhoneAnswered>(&event)) {
    free_line(answered->leg);
    ports_.signalling.perform(HangUp{answered->leg, Cause::hung_up});
  }
}

void Switchboard::carry_out(CallRef ref, Live& live, Actions actions, Now now) {
  for (Action& action : actions) {
    std::visit([&](auto& wanted) { perform(ref, live, wanted, now); }, action);
  }
  reschedule(ref, live);
  if (live.waits && live.call.queue() == nullptr) {
    live.waits = false;
    leave_queue(live.call, now);
  }
  if (live.call.is_over()) {
    trunks_.free(LegId::caller(ref));
    settle_confirmation(ref);
    ports_.watcher.ended(live.call.record());
    calls_.erase(ref);
  }
}

template <class Action>
void Switchboard::perform(CallRef ref, Live& live, Action& action, [[maybe_unused]] Now now) {
  if constexpr (std::is_same_v<Action, ReserveUnits>) {
    const billing::Reserved reserved =
        accounts_.reserve(live.call.account(), live.call.tariff(), action.from_unit, action.units);
    logbook_.reserved(live.call.hotline(), reserved.amount);
    follow_ups_.push_back(UnitsReserved{ref, reserved.units, reserved.amount});
  } else if constexpr (std::is_same_v<Action, ForeseeUnits>) {
    follow_ups_.push_back(
        UnitsForeseen{ref, accounts_.foresee(live.call.account(), live.call.tariff(),
                                             action.from_unit, action.units)});
  } else if constexpr (std::is_same_v<Action, CloseCall>) {
    if (ports_.media != nullptr) ports_.media->count(ref, action.record);
    settle(live, action, now);
    const cdr::Record& record = action.record;
    std::vector<billing::LedgerEntry> charge;
    if (record.charge > Money()) {
      charge.push_back(
          billing::call_charge(record.account, record.id, record.charge, record.ended));
    }
    tell_of_message(record);
    ports_.store.close_call(std::move(action), std::move(charge));
    keep_postings();  // behind the charge that caused them
  } else if constexpr (std::is_same_v<Action, JournalAnswer>) {
    if (ports_.media != nullptr) ports_.media->describe(action);
    if (!live.call.is_answered()) {
      unconfirmed_.add(ref, action.answered.mono);
      tell_confirmed();
    }
    ports_.store.perform(std::move(action));
  } else if constexpr (std::is_same_v<Action, JournalMedia>) {
    if (ports_.media != nullptr) ports_.media->describe(action);
    if (!action.audio.empty()) ports_.store.perform(std::move(action));
  } else if constexpr (std::is_same_v<Action, RingPhone>) {
    if (take_line(action, now)) {
      ports_.signalling.perform(action);
    } else {
      follow_ups_.push_back(PhoneFailed{action.leg, Failure::at_capacity, 0});
    }
  } else if constexpr (std::is_same_v<Action, NoteAttempt>) {
    attempted(live.call, action, now);
  } else if constexpr (std::is_same_v<Action, SeekFurther>) {
    seek(live.call, action, now);
  } else if constexpr (std::is_same_v<Action, JoinQueue>) {
    live.waits = true;
    join(live, action, now);
  } else if constexpr (std::is_same_v<Action, AskPlace>) {
    follow_ups_.push_back(PlaceTold{ref, queues_.place(ref, now.mono)});
  } else if constexpr (std::is_same_v<Action, HangUp>) {
    free_line(action.leg);
    ports_.signalling.perform(action);
  } else if constexpr (requires { ports_.media->perform(action); }) {
    if (ports_.media != nullptr) ports_.media->perform(action);
  } else if constexpr (requires { ports_.store.perform(std::move(action)); }) {
    ports_.store.perform(std::move(action));
  } else {
    ports_.signalling.perform(action);
  }
}

void Switchboard::settle_confirmation(CallRef ref) {
  unconfirmed_.settle(ref);
  tell_confirmed();
}

void Switchboard::tell_confirmed() {
  if (told_confirmed_ == unconfirmed_.since()) return;
  told_confirmed_ = unconfirmed_.since();
  ports_.store.confirmed_before(told_confirmed_);
}

// Whoever reads the account's notices hears of a message that was left.
void Switchboard::tell_of_message(const cdr::Record& record) {
  if (record.recording.empty() || record.bridged) return;
  accounts_.tell(
      billing::voicemail_notice(record.account, record.hotline, record.id.to_string(),
                                record.caller_e164.empty() ? record.caller_raw : record.caller_e164,
                                record.recording, record.ended));
}

void Switchboard::settle(const Live& live, const CloseCall& close, Now now) {
  const cdr::Record& record = close.record;
  accounts_.settle(record.account, close.reserved, record.charge, record.answered, now.wall);
  const routing::Hotline& hotline = live.call.hotline();
  logbook_.settled(hotline, close.reserved, record);
  logbook_.called(hotline, record.caller_e164, {record.received, record.answered_by});
  if (live.counted) logbook_.call_ended(record.caller_e164);
}

void Switchboard::seek(const Call& call, const SeekFurther& seek, Now now) {
  const LiveQuestion live(*this, call, now);
  struct Decide {
    const routing::Question& question;

    routing::Decision operator()(const SeekFurther::PlanUsedUp& from) const {
      return routing::decide_overflow(question, *from.group, from.why);
    }
    routing::Decision operator()(const SeekFurther::KeysPressed& from) const {
      return routing::decide_choice(question, *from.menu, from.option);
    }
    routing::Decision operator()(const SeekFurther::QueueLeft& from) const {
      return routing::decide_leaving(question, *from.queue, from.why, from.option);
    }
    routing::Decision operator()(const SeekFurther::Restarted&) const {
      return routing::decide(question);
    }
  };
  auto decision = std::make_shared<routing::Decision>(std::visit(Decide{live.question}, seek.from));
  take_turn(decision->verdict);
  follow_ups_.push_back(PlanMade{call.ref(), std::move(decision)});
}

void Switchboard::take_turn(const routing::Verdict& verdict) {
  const auto* plan = std::get_if<routing::RingPlan>(&verdict);
  if (plan != nullptr && plan->group->takes_turns()) logbook_.took_turn(*plan->group);
}

void Switchboard::reschedule(CallRef ref, Live& live) {
  const Instant wanted = live.call.wake_at();
  if (wanted == live.alarm) return;
  auto node = deadlines_.extract({live.alarm, ref});
  live.alarm = wanted;
  if (wanted == Instant::max()) return;
  if (node) {
    node.value() = {wanted, ref};
    deadlines_.insert(std::move(node));
  } else {
    const Lasting lasting;
    deadlines_.insert({wanted, ref});
  }
}

void Switchboard::set_alarm() {
  const Instant first = deadlines_.empty() ? Instant::max() : deadlines_.begin()->first;
  const Instant earliest = std::min(first, looks_again_);
  if (earliest == alarm_) return;
  alarm_ = earliest;
  ports_.alarm.wake_at(earliest);
}

void Switchboard::tick(Now now) {
  alarm_ = Instant::max();  // it has rung
  // Each deadline once: a call whose deadline stays in the past must not hold up the others.
  std::vector<CallRef> due;
  for (const auto& [at, ref] : deadlines_) {
    if (at > now.mono) break;
    due.push_back(ref);
  }
  for (const CallRef ref : due) on(TimePassed{ref}, now);
  serve_queues(now);
  set_alarm();
}

void Switchboard::use(std::shared_ptr<const routing::Snapshot> snapshot, std::uint32_t max_calls,
                      Now now) {
  accounts_.use(snapshot->terms, now.wall);
  snapshot_ = std::move(snapshot);
  max_calls_ = max_calls;
  keep_postings();
}

void Switchboard::end_all(Cause cause, Now now) {
  std::vector<CallRef> refs;
  refs.reserve(calls_.size());
  for (const auto& [ref, live] : calls_) refs.push_back(ref);
  std::sort(refs.begin(), refs.end());
  for (const CallRef ref : refs) on(EndRequested{ref, cause}, now);
}

void Switchboard::keep_postings() {
  for (billing::Posting& posting : accounts_.take_postings()) {
    ports_.watcher.posted(posting);
    ports_.store.post(std::move(posting));
  }
}

void Switchboard::keep_books(Now now) {
  if (!accounts_.fees_are_due(now.wall)) return;
  billing::OldestAnswers oldest;
  for (const auto& [ref, live] : calls_) {
    const cdr::Record& record = live.call.record();
    if (!record.answered) continue;
    const auto [known, is_new] = oldest.try_emplace(record.account, *record.answered);
    if (!is_new) known->second = std::min(known->second, *record.answered);
  }
  accounts_.take_fees(now.wall, oldest);
  keep_postings();
}

void Switchboard::close_account(const std::string& account, billing::AccountEvent by) {
  accounts_.close(account, std::move(by));
  keep_postings();
}

bool Switchboard::reinstate_account(const std::string& account, billing::AccountEvent by) {
  const bool done = accounts_.reinstate(account, std::move(by));
  keep_postings();
  return done;
}

void Switchboard::moved(const std::string& account, Money amount, billing::EntryKind kind,
                        Now now) {
  accounts_.moved(account, amount, kind, now.wall);
  keep_postings();
  if (amount <= Money()) return;
  std::vector<CallRef> refs;
  for (const auto& [ref, live] : calls_) {
    if (live.call.account() == account) refs.push_back(ref);
  }
  std::sort(refs.begin(), refs.end());
  for (const CallRef ref : refs) on(MoneyArrived{ref}, now);
}

const Call* Switchboard::find(const CallId& id) const {
  const auto ref = ref_of(id);
  return ref ? &calls_.at(*ref).call : nullptr;
}

std::optional<CallRef> Switchboard::ref_of(const CallId& id) const {
  for (const auto& [ref, live] : calls_) {
    if (live.call.record().id == id) return ref;
  }
  return std::nullopt;
}

void Switchboard::each_call(const std::function<void(const Call&)>& visit) const {
  for (const auto& [ref, live] : calls_) visit(live.call);
}

}  // namespace hotline::call
