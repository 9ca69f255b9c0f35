#include "hotline/billing/account.h"

#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/base/words.h"

namespace hotline::billing {
namespace {

AccountState state_by_balance(Money posted, const Package& package) {
  if (posted < package.min_balance) return AccountState::suspended;
  return posted < package.low_balance ? AccountState::low : AccountState::active;
}

// What opens an account.
Money first_payment(const Package& package) {
  return std::max(package.year_price, package.min_balance);
}

AccountState state_for(const Book& book, const Package& package) {
  switch (book.standing.state) {
    case AccountState::open:
      if (book.posted < first_payment(package)) return AccountState::open;
      return state_by_balance(book.posted, package);
    case AccountState::active:
    case AccountState::low:
    case AccountState::suspended:
      return state_by_balance(book.posted, package);
    case AccountState::reclaimed:
    case AccountState::closed:
      return book.standing.state;
  }
  HOTLINE_EXPECT(false);
  return AccountState::closed;
}

// A payment that leaves a suspended account low is no news of the kind.
void tell(const Book& book, const Package& package, AccountState before, WallTime at,
          Posting& posting) {
  const AccountState state = book.standing.state;
  if (state == AccountState::suspended) {
    posting.notices.push_back(
        balance_notice(NoticeKind::suspended, book.name, book.posted, package.min_balance, at));
  } else if (state == AccountState::low && before != AccountState::suspended) {
    posting.notices.push_back(
        balance_notice(NoticeKind::low_balance, book.name, book.posted, package.low_balance, at));
  }
}

}  // namespace

std::string_view to_string(AccountState state) {
  switch (state) {
    case AccountState::open:
      return "open";
    case AccountState::active:
      return "active";
    case AccountState::low:
      return "low";
    case AccountState::suspended:
      return "suspended";
    case AccountState::reclaimed:
      return "reclaimed";
    case AccountState::closed:
      return "closed";
  }
  HOTLINE_EXPECT(false);
  return {};
}

std::optional<AccountState> account_state_from_string(std::string_view word) {
  return from_word(word, AccountState::closed);
}

bool serves(AccountState state) {
  return state == AccountState::active || state == AccountState::low;
}

Standing standing_of_new(WallTime at) {
  Standing standing;
  standing.since = at;
  standing.days_done = day_of(at);
  standing.months_done = month_before(month_of(at));
  return standing;
}

void begin_clock(Standing& standing, WallTime at) {
  if (standing.months_done != 0) return;
  standing.days_done = day_of(at);
  standing.months_done = month_of(at);
}

Money missing(const Book& book, const Terms& terms) {
  const AccountState state = book.standing.state;
  if (state != AccountState::open && state != AccountState::suspended) return {};
  const Money wanted =
      state == AccountState::open ? first_payment(*terms.package) : terms.package->min_balance;
  return std::max(Money(), wanted - book.posted);
}

void move_to(Book& book, AccountEvent event, Posting& posting) {
  Standing& standing = book.standing;
  standing.state = event.to;
  standing.since = event.at;
  if (serves(event.to) && !standing.activated) standing.activated = event.at;
  event.account = book.name;
  posting.events.push_back(std::move(event));
}

void judge(Book& book, const Terms& terms, std::string_view cause, WallTime at, Posting& posting) {
  const AccountState before = book.standing.state;
  const AccountState state = state_for(book, *terms.package);
  if (state == before) return;
  move_to(book, AccountEvent{{}, at, state, std::string(cause), {}, {}}, posting);
  tell(book, *terms.package, before, at, posting);
}

void book_entry(Book& book, const Terms& terms, LedgerEntry entry, Posting& posting) {
  book.posted += entry.amount;
  const auto cause = to_string(entry.kind);
  const WallTime at = entry.at;
  posting.entries.push_back(std::move(entry));
  judge(book, terms, cause, at, posting);
}

}  // namespace hotline::billing
