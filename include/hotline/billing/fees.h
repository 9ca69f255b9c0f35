// What an account owes by the clock alone: the month's minimum, the day's fee while it is
// suspended, a year of each further line, the package's renewal. Pure: the time is passed in, and
// what has been taken already is in the books, so that it is taken exactly once, however long
// nobody looked.
#pragma once

#include <optional>
#include <vector>

#include "hotline/billing/account.h"

namespace hotline::billing {

// Money that moved while nobody kept the books: it is in the balance, not yet in the state.
struct Movement {
  WallTime at{};
  Money amount;
  EntryKind kind = EntryKind::recharge;
};

// Is there a midnight or a month's end to see to?
bool fees_are_due(const Standing& standing, WallTime now);

// Sees to every midnight until now, in order: at the first of a month the minimum of the month
// before (its end is 24:00 of its last day), then the day's renewal, line fees and suspension fee,
// each dated to its midnight. An account that a midnight's fees suspend pays from the next one on;
// one below zero is reclaimed then.
// Of a further line whose year ends kToldBefore later there is a notice.
// A month's minimum waits while a call answered in that month is live: `oldest_answer` is the
// earliest answer of the account's live calls.
// `unjudged`: in the order of time.
Posting take_fees(Book& book, const Terms& terms, WallTime now,
                  std::optional<WallTime> oldest_answer,
                  const std::vector<Movement>& unjudged = {});

}  // namespace hotline::billing
