// The store: what it is asked waits for the next commit, which may fail, and is lost with the
// process.
#include <algorithm>

#include "hotline/call/rate_again.h"

#include "simulation/simulation.h"

namespace hotline::simulation {

void Simulation::write(Work work) {
  waiting_.push_back(std::move(work));
  if (std::exchange(flush_is_due_, true)) return;
  later(between(1, percent(5) ? 1'900 : 30), [this] { flush(); });
}

void Simulation::flush() {
  flush_is_due_ = false;
  if (!is_failing_) {
    heartbeat_ = now();
    durable_confirmed_before_ = std::min(confirmed_before_, mono_ + Milliseconds(1));
  }
  std::vector<Work> kept;
  for (Work& work : std::exchange(waiting_, {})) {
    if (is_failing_ && work.waits) {
      kept.push_back(std::move(work));
    } else if (is_failing_) {
      if (work.told.value > 0) tell(call::StoreFailed{work.told});
    } else {
      work.apply();
      if (work.told.value == 0) continue;
      tell(work.is_answer ? call::Event(call::AnswerStored{work.told})
                          : call::Event(call::AdmissionStored{work.told}));
      if (work.is_answer && percent(2)) tell(call::AnswerStored{work.told}, 3'000);
    }
  }
  waiting_.insert(waiting_.begin(), std::make_move_iterator(kept.begin()),
                  std::make_move_iterator(kept.end()));
}

void Simulation::file(const cdr::Record& record, const std::vector<billing::LedgerEntry>& charge) {
  if (++records_[record.id] > 1) throw Broken("two records of one call");
  const auto most = most_.find(record.id);
  if (most != most_.end() && record.billable > most->second) {
    throw Broken("billed for longer than both sides were there");
  }
  const billing::Rated again = call::rate_again(record);
  if (again.charge != record.charge) throw Broken("a charge that its record does not explain");
  for (const billing::LedgerEntry& entry : charge) balance_ = balance_ + entry.amount;
}

void Simulation::perform(call::JournalAdmission admission) {
  const CallId id = admission.draft.id;
  ids_[admission.call] = id;
  write({[this, id, admission] {
           call::Unfinished unfinished;
           unfinished.draft = admission.draft;
           unfinished.tariff = billing::tariff_from_text(admission.draft.tariff).value();
           journal_[id] = {admission.call, std::move(unfinished)};
         },
         admission.call});
}

void Simulation::perform(call::JournalAnswer answer) {
  write({[this, answer] {
           const auto row = journal_.find(answer.id);
           if (row == journal_.end()) return;
           call::Unfinished& unfinished = row->second.unfinished;
           unfinished.answer =
               call::Unfinished::Answer{answer.answered, answer.paid, answer.phone_dialog};
           unfinished.answer->proved = answer.proved;
           unfinished.draft.answered_by = answer.answered_by;
           unfinished.draft.attempts = answer.attempts;
           unfinished.draft.bridged = answer.bridged;
         },
         answer.call, true});
}

void Simulation::perform(const call::JournalPaid& paid) {
  write({[this, paid] {
           const auto row = journal_.find(paid.id);
           if (row != journal_.end()) row->second.unfinished.answer->paid = paid.paid;
         },
         {},
         false,
         true});
}

void Simulation::perform(const call::JournalAdopted& adopted) {
  write({[this, adopted] {
           const auto row = journal_.find(adopted.id);
           if (row == journal_.end()) return;
           row->second.unfinished.answer->at.mono = adopted.answered.mono;
           row->second.unfinished.answer->proved = adopted.proved;
         },
         {},
         false,
         true});
}

void Simulation::close_call(call::CloseCall close, std::vector<billing::LedgerEntry> charge) {
  for (const billing::LedgerEntry& entry : charge) {
    waiting_charges_ = waiting_charges_ - entry.amount;
  }
  write({[this, close, charge] {
           for (const billing::LedgerEntry& entry : charge) {
             waiting_charges_ = waiting_charges_ + entry.amount;
           }
           file(close.record, charge);
           journal_.erase(close.record.id);
         },
         {},
         false,
         true});
}

void Simulation::perform(const call::RecordRefusal& refusal) {
  write({[this, record = refusal.record] { file(record, {}); }, {}, false, true});
}

void Simulation::ended(const cdr::Record& record) {
  counts_.bridged += record.bridged ? 1 : 0;
  counts_.menus += record.menu.empty() ? 0 : 1;
  counts_.waited += record.waited > Seconds(1) ? 1 : 0;
  const auto answered = std::count_if(
      record.attempts.begin(), record.attempts.end(),
      [](const cdr::Attempt& one) { return one.result == cdr::AttemptResult::answered; });
  counts_.passed_on += answered > 1 ? 1 : 0;
  counts_.surveyed += record.survey > 0 ? 1 : 0;
  counts_.cut_off += record.release.cause == Cause::credit_ended ? 1 : 0;
}

}  // namespace hotline::simulation
