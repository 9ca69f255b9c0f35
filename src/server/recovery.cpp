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
      signalling.end_recovered(unfinished.answer->phone_dialog, sip::Recovered::answered);
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
          {call::month_of(*record.answered), record.hotline, record.account, 1, record.charge});
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

}  // namespace hotline::server
