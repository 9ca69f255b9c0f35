#include "server/recovery.h"

#include "hotline/billing/ledger.h"
#include "hotline/call/after_crash.h"

namespace hotline::server {

Recovered close_unfinished(const store::Start& start, sip::Signalling& signalling,
                           store::Writer& writer) {
  Recovered recovered;
  for (const call::Unfinished& unfinished : start.unfinished) {
    if (unfinished.answer) {
      signalling.end_recovered(unfinished.caller_dialog, sip::Recovered::answered);
      // Of a caller in a menu or a queue there is no phone yet.
      const std::string& phone = unfinished.answer->phone_dialog;
      if (!phone.empty()) signalling.end_recovered(phone, sip::Recovered::answered);
    } else {
      signalling.end_recovered(unfinished.caller_dialog, sip::Recovered::ringing);
    }
    // A journal row is written in a transaction with a heartbeat: where there are rows, there is
    // a heartbeat.
    const Now last_heartbeat = start.heartbeat->at;
    call::CloseCall close;
    close.record = call::close_after_crash(unfinished, last_heartbeat);
    const cdr::Record& record = close.record;
    if (record.answered) {
      recovered.usage.push_back(
          {month_of(*record.answered), record.hotline, record.account, 1, record.charge});
    }
    std::vector<billing::LedgerEntry> charge;
    if (close.record.charge > Money()) {
      charge.push_back(billing::call_charge(close.record.account, close.record.id,
                                            close.record.charge, close.record.ended));
      recovered.charges[close.record.account] += close.record.charge;
    }
    writer.close_call(std::move(close), std::move(charge));
    ++recovered.calls;
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
