#include "server/recovery.h"

#include "hotline/billing/ledger.h"
#include "hotline/call/after_crash.h"

namespace hotline::server {
namespace {

void end_legs(const call::Unfinished& unfinished, sip::Signalling& signalling) {
  if (!unfinished.answer) {
    signalling.end_recovered(unfinished.caller_dialog, sip::Recovered::ringing);
    return;
  }
  signalling.end_recovered(unfinished.caller_dialog, sip::Recovered::answered);
  // Of a caller in a menu or a queue there is no phone yet.
  const std::string& phone = unfinished.answer->phone_dialog;
  if (!phone.empty()) signalling.end_recovered(phone, sip::Recovered::answered);
}

void close(const call::Unfinished& unfinished, Now last_heartbeat, store::Writer& writer,
           Recovered& recovered) {
  call::CloseCall close;
  close.record = call::close_after_crash(unfinished, last_heartbeat);
  const cdr::Record& record = close.record;
  if (record.answered) {
    recovered.usage.push_back(
        {month_of(*record.answered), record.hotline, record.account, 1, record.charge});
  }
  std::vector<billing::LedgerEntry> charge;
  if (record.charge > Money()) {
    charge.push_back(billing::call_charge(record.account, record.id, record.charge, record.ended));
    recovered.charges[record.account] += record.charge;
  }
  writer.close_call(std::move(close), std::move(charge));
  ++recovered.closed;
}

// Its legs, and the audio between them where it came through here. Nullopt: the call cannot go on,
// and no leg of it is left.
std::optional<call::Adopted> take_up(const call::Unfinished& unfinished,
                                     std::shared_ptr<const routing::Snapshot> snapshot,
                                     const call::LastProof& last, const RecoveryPorts& ports,
                                     Now now) {
  auto adopted = call::adopt_from(unfinished, std::move(snapshot), last, now);
  if (!adopted) return std::nullopt;
  const call::Unfinished::Answer& answer = *unfinished.answer;
  const bool was_relayed = !answer.audio.empty();
  if (was_relayed && ports.audio == nullptr) return std::nullopt;
  if (adopted->alone && !was_relayed) return std::nullopt;  // we speak to it
  adopted->call = ports.signalling.new_call();
  sip::Adopted legs{
      unfinished.caller_dialog, answer.phone_dialog, answer.said, {}, adopted->is_confirmed};
  if (was_relayed) {
    auto resumed = ports.audio->adopt(adopted->call, answer.audio, now.mono);
    if (!resumed) return std::nullopt;
    adopted->is_played_to = resumed->is_played_to;
    adopted->hears_tones = resumed->hears_tones;
    if (adopted->alone) adopted->alone->offer = std::move(resumed->offer);
    if (adopted->is_confirmed) legs.to_caller = std::move(resumed->to_caller);
    legs.to_phone = std::move(resumed->to_phone);
  }
  const bool has_legs = ports.signalling.adopt(adopted->call, legs);
  if (has_legs) return adopted;
  if (was_relayed) ports.audio->forget(adopted->call);
  return std::nullopt;
}

}  // namespace

Recovered recover(const store::Start& start, std::shared_ptr<const routing::Snapshot> snapshot,
                  const RecoveryPorts& ports, Now now) {
  Recovered recovered;
  for (const call::Unfinished& unfinished : start.unfinished) {
    // A journal row is written in a transaction with a heartbeat: where there are rows, there is
    // a heartbeat.
    const call::LastProof last{start.heartbeat->at, start.heartbeat->same_boot,
                               start.heartbeat->confirmed_before};
    if (auto adopted = take_up(unfinished, snapshot, last, ports, now)) {
      if (!adopted->draft.recording.empty()) {
        recovered.recordings.push_back({adopted->draft.id, adopted->draft.recording});
      }
      recovered.adopted.push_back(std::move(*adopted));
    } else {
      end_legs(unfinished, ports.signalling);
      close(unfinished, last.at, ports.writer, recovered);
    }
  }
  return recovered;
}

std::vector<OpenBook> open_books(const store::Start& start, const Recovered& recovered,
                                 WallTime now) {
  std::map<std::string, OpenBook> books;
  for (const store::Account& account : start.accounts) {
    billing::Book& book = books[account.name].book;
    book.name = account.name;
    book.posted = account.balance;
    book.standing = account.standing;
    billing::begin_clock(book.standing, now);
  }
  for (const store::Spent& one : start.spent)
    books.at(one.account).book.spent[one.month] = one.spent;
  for (const call::MonthUsage& one : recovered.usage) {
    books.at(one.account).book.spent[one.month] += one.spent;
  }
  for (const auto& [name, charge] : recovered.charges) books.at(name).book.posted -= charge;
  for (const store::PaidLine& one : start.paid_lines) {
    books.at(one.account).book.lines_paid[{one.year.hotline, one.year.line}] = one.year.until;
  }
  for (const store::Moved& one : start.moved)
    books.at(one.account).unjudged.push_back(one.movement);

  std::vector<OpenBook> opened;
  opened.reserve(books.size());
  for (auto& [name, open] : books) opened.push_back(std::move(open));
  return opened;
}

}  // namespace hotline::server
