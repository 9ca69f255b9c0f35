// The engine: time, crashes, trouble, and what must always hold.
#include "simulation/simulation.h"

#include <algorithm>

#include "hotline/billing/ledger.h"

namespace hotline::simulation {
namespace {

constexpr const char* kAccount = "acme";
constexpr std::uint32_t kMostCalls = 30;

void expect(bool holds, const std::string& what) {
  if (!holds) throw Broken(what);
}

}  // namespace

Simulation::Simulation(std::uint64_t seed) : random_(seed) {
  snapshot_ = make_rules(random_);
  balance_ = Money::from_li(static_cast<std::int64_t>(300 + below(20'000)));
  heartbeat_ = now();
  start();
}

Milliseconds Simulation::between(std::int64_t least_ms, std::int64_t most_ms) {
  return Milliseconds(least_ms + static_cast<std::int64_t>(
                                     below(static_cast<std::uint64_t>(most_ms - least_ms + 1))));
}

void Simulation::later(Milliseconds in, Doing doing) {
  agenda_.emplace(mono_ + in, [this, life = life_, doing = std::move(doing)] {
    if (life == life_) doing();
  });
}

void Simulation::tell(call::Event event, std::int64_t most_ms) {
  later(between(0, most_ms), [this, event = std::move(event)] {
    if (const auto* confirmed = std::get_if<call::CallerConfirmed>(&event)) {
      confirmed_.insert(ids_.at(confirmed->call));
    }
    switchboard_->on(event, now());
  });
}

void Simulation::start() {
  switchboard_ = std::make_unique<call::Switchboard>(
      call::Switchboard::Ports{*this, *this, *this, *this, this}, snapshot_, kMostCalls,
      CallIdSource(random_()));
  billing::Book book{kAccount, balance_, {}, billing::standing_of_new(now().wall)};
  book.standing.state = billing::AccountState::active;
  book.standing.activated = now().wall;
  switchboard_->open_account(std::move(book));
}

// What was not durable is gone; what was is closed at the last proof of life.
void Simulation::crash() {
  ++counts_.crashes;
  ++life_;
  agenda_.clear();
  alarm_ = Instant::max();
  switchboard_.reset();
  callers_.clear();
  legs_.clear();
  waiting_.clear();
  waiting_charges_ = Money();
  ids_.clear();
  confirmed_before_ = Instant();
  flush_is_due_ = is_failing_ = false;
  mono_ += between(100, 2'000);
  std::vector<call::Adopted> adopted;
  for (const auto& [id, row] : std::exchange(journal_, {})) {
    if (auto one = take_up(id, row)) {
      adopted.push_back(std::move(*one));
      continue;
    }
    ++counts_.closed_rows;
    const cdr::Record record = call::close_after_crash(row.unfinished, heartbeat_);
    expect(
        record.billable <= (row.unfinished.answer ? row.unfinished.answer->paid : Milliseconds(0)),
        "a crash billed more than was paid for");
    std::vector<billing::LedgerEntry> charge;
    if (record.charge > Money()) {
      charge = {billing::call_charge(kAccount, record.id, record.charge, record.ended)};
    }
    file(record, charge);
  }
  start();
  for (call::Adopted& one : adopted) {
    const CallRef call = one.call;
    switchboard_->adopt(std::move(one), now());
    outlive(call);
  }
}

// A call that was answered goes on, but for a few whose legs cannot be had.
std::optional<call::Adopted> Simulation::take_up(const CallId& id, const Row& row) {
  if (percent(10)) return std::nullopt;
  auto adopted = call::adopt_from(row.unfinished, snapshot_,
                                  {heartbeat_, percent(80), durable_confirmed_before_}, now());
  if (!adopted) return std::nullopt;
  const bool is_said_to_be = row.unfinished.answer->at.mono < durable_confirmed_before_;
  expect(!is_said_to_be || confirmed_.contains(id), "an answer that nobody confirmed counts as it");
  // By its age a process may take one for confirmed; to the next one it is.
  if (adopted->is_confirmed) confirmed_.insert(id);
  counts_.confirmed_rows += is_said_to_be ? 1 : 0;
  ++counts_.adopted_rows;
  adopted->call = CallRef{++last_call_};
  adopted->is_played_to = adopted->hears_tones = adopted->alone || percent(60);
  if (adopted->alone) {
    adopted->alone->offer = {"application/sdp", "offer"};
    ++counts_.begun_again;
  }
  journal_[id] = {adopted->call, row.unfinished};
  ids_[adopted->call] = id;
  return adopted;
}

// Does what is next, be it a deadline or something that happens. False: nothing will.
bool Simulation::step() {
  const Instant next = agenda_.empty() ? Instant::max() : agenda_.begin()->first;
  if (next == Instant::max() && alarm_ == Instant::max()) return false;
  if (alarm_ <= next) {
    // What is due is done when it is due: nothing may want the same instant for ever.
    expect(mono_ < alarm_ || ++ticks_in_place_ < 1'000,
           "a deadline that nothing meets" + late_calls());
    if (mono_ < alarm_) ticks_in_place_ = 0;
    mono_ = std::max(mono_, std::exchange(alarm_, Instant::max()));  // it rings once
    if (percent(2)) mono_ += between(0, 9'000);                      // the machine was elsewhere
    switchboard_->tick(now());
  } else {
    mono_ = std::max(mono_, next);
    const Doing doing = std::move(agenda_.begin()->second);
    agenda_.erase(agenda_.begin());
    doing();
  }
  check();
  return true;
}

// What is known of the calls whose time has come.
std::string Simulation::late_calls() const {
  std::string text;
  switchboard_->each_call([&](const call::Call& call) {
    if (call.wake_at() > mono_) return;
    text += ": call " + std::to_string(call.ref().value) + " in state " +
            std::to_string(call.state().index()) + ", " +
            std::to_string((mono_ - call.wake_at()).count()) + " ms late";
  });
  return text;
}

void Simulation::check() const {
  const billing::Book& book = *switchboard_->accounts().find(kAccount);
  expect(book.posted == balance_ - waiting_charges_, "money: posted " + book.posted.to_yuan() +
                                                         ", the ledger has " + balance_.to_yuan() +
                                                         " less " + waiting_charges_.to_yuan());
  expect(book.reserved >= Money() && book.posted >= Money(), "money below zero");
  expect(switchboard_->live_calls() > 0 || book.reserved == Money(),
         "reserved " + book.reserved.to_yuan() + " without a call");
  expect(switchboard_->lines().total() == legs_.size(),
         std::to_string(switchboard_->lines().total()) + " lines in use, by " +
             std::to_string(legs_.size()) + " legs");
  std::map<std::string, std::uint32_t> used;
  for (const auto& [id, leg] : legs_) {
    if (leg.has_outlived) continue;
    expect(++used[leg.line_key] <= leg.lines, leg.line_key + " has more calls than lines");
  }
  check_calls();
}

void Simulation::check_calls() const {
  Instant earliest = Instant::max();
  std::size_t waiting = 0;
  switchboard_->each_call([&](const call::Call& call) {
    expect(call.wake_at() != Instant::max(), "a call without a timer");
    earliest = std::min(earliest, call.wake_at());
    if (call.queue() != nullptr) ++waiting;
  });
  expect(alarm_ <= earliest, "nobody wakes the call that is due first");
  expect(waiting == switchboard_->queues().all().size(), "the queues hold others than who waits");
}

// What nobody asked for: crashes, a store in trouble, another configuration, a clock set anew,
// money from outside, an operator.
void Simulation::disturb() {
  switch (below(9)) {
    case 0:
      if (percent(15)) return crash();
      return;
    case 1:
      is_failing_ = true;
      ++counts_.failures;
      return later(between(100, 8'000), [this] {
        is_failing_ = false;
        flush();
      });
    case 2:
      ++counts_.reloads;
      snapshot_ = make_rules(random_);
      return switchboard_->use(snapshot_, kMostCalls, now());
    case 3:
      wall_offset_ += between(-3'600'000, 3'600'000);
      return;
    case 4: {
      const Money amount = Money::from_li(static_cast<std::int64_t>(below(5'000)));
      balance_ = balance_ + amount;
      return switchboard_->moved(kAccount, amount, billing::EntryKind::recharge, now());
    }
    case 5:
      if (callers_.empty()) return;
      return switchboard_->on(
          call::EndRequested{
              std::next(callers_.begin(), static_cast<std::ptrdiff_t>(below(callers_.size())))
                  ->first,
              Cause::operator_ended},
          now());
    default:
      return;
  }
}

void Simulation::play(std::chrono::minutes time) {
  const Instant end = mono_ + time;
  while (mono_ < end) {
    const Instant calm = mono_ + between(200, 6'000);
    offer();
    check();
    while (mono_ < calm && step()) {
    }
    mono_ = std::max(mono_, calm);
    if (percent(20)) disturb();
    check();
  }
  finish();
}

void Simulation::finish() {
  is_failing_ = false;
  flush();
  switchboard_->end_all(Cause::shutdown, now());
  const Instant end = mono_ + std::chrono::minutes(10);
  while (mono_ < end && step()) {
  }
  flush();
  expect(switchboard_->live_calls() == 0, "calls outlive the server");
  expect(legs_.empty(), "legs outlive the server");
  expect(journal_.empty(), "the journal holds calls that are over");
  expect(switchboard_->queues().empty(), "somebody waits in a queue for ever");
  for (const auto& [id, times] : records_) {
    expect(times == 1, "call " + id.to_string() + " has " + std::to_string(times) + " records");
  }
}

}  // namespace hotline::simulation
