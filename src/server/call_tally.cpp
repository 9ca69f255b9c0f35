#include "server/call_tally.h"

namespace hotline::server {

void CallTally::ended(const cdr::Record& record) {
  next_.ended(record);
  ended_[{to_string(record.release.cause), record.answered.has_value()}] += record.calls;
  if (record.first_ring) until_ring_.add(*record.first_ring - record.received);
  if (record.answered) until_answer_.add(record.ring);
}

}  // namespace hotline::server
