#include "call/charge.h"

namespace hotline::call {

// Nobody's carrier takes anything for a call that its caller never heard answered.
void write_charge(cdr::Record& record, const billing::Tariff& tariff) {
  const billing::Rated rated = billing::rate(tariff, record.billable);
  record.billed = rated.billed;
  record.charge = rated.charge;
  const bool was_heard = record.billable > Milliseconds(0);
  if (was_heard) record.caller_fee = billing::caller_fee(tariff, record.talk);
}

}  // namespace hotline::call
