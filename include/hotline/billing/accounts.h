// Every account's money as the calls see it: posted balance, reservations and state. This is the
// one authority while the server runs; the store holds its durable copy. Call thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hotline/base/money.h"
#include "hotline/base/text_hash.h"
#include "hotline/billing/account.h"
#include "hotline/billing/fees.h"
#include "hotline/billing/tariff.h"

namespace hotline::billing {

enum class Admission : std::uint8_t { granted, suspended, no_credit };

// By account.
using TermsOf = std::unordered_map<std::string, Terms, TextHash, std::equal_to<>>;
using OldestAnswers = std::map<std::string, WallTime, std::less<>>;

struct Reserved {
  int units = 0;
  Money amount;
};

class Accounts {
 public:
  // From now on those terms hold. Accounts that have none keep their state and owe no fees.
  // Requires: they outlive their use.
  void use(const TermsOf& terms, WallTime now);

  // Requires: not open yet. `unjudged`: what moved its money while nobody kept the books, in order.
  void open(Book book, std::vector<Movement> unjudged = {});
  // Null where no such account is open.
  const Book* find(std::string_view account) const;

  // Reserves the set-up fee and the first unit by the call's tariff, which need not be the
  // package's own. An account that does not serve, or has less than the package's minimum posted,
  // or is not open: suspended. Less available than they cost: no_credit.
  Admission admit(std::string_view account, const Package& package, const Tariff& tariff);
  // Reserves up to so many units from that one on, one behind the other, as the money allows.
  Reserved reserve(std::string_view account, const Tariff& tariff, std::int64_t from_unit,
                   int units);
  // Reserves once more what a call of a former process has reserved, whatever is available now.
  // Requires: the account is open.
  void reserve_again(std::string_view account, Money amount) { at(account).reserved += amount; }
  // By all accounts together.
  Money reserved() const;
  // How many of these it would reserve now.
  int foresee(std::string_view account, const Tariff& tariff, std::int64_t from_unit,
              int units) const;
  // Ends a reservation: posts the used part, releases the rest. `answered`: when a call that costs
  // something was.
  // Requires: 0 ≤ charge ≤ reserved: calls never overspend.
  void settle(std::string_view account, Money reserved, Money charge,
              std::optional<WallTime> answered, WallTime now);
  // Money from outside the calls, which the ledger has already.
  void moved(std::string_view account, Money amount, EntryKind kind, WallTime now);
  // By hand. Requires: the account is open.
  void close(std::string_view account, AccountEvent by);
  // Back to what its balance asks for. False: it is not reclaimed, or below the minimum.
  bool reinstate(std::string_view account, AccountEvent by);

  // Has a notice become durable. Where no such account is open, nobody is to be told.
  void tell(Notice notice);

  bool fees_are_due(WallTime now) const;
  // `live`: the earliest answer of live calls, by account.
  void take_fees(WallTime now, const OldestAnswers& live);

  // What the functions above brought about and has to become durable, in order. Empties it.
  std::vector<Posting> take_postings() { return std::exchange(postings_, {}); }

 private:
  Book& at(std::string_view account);
  const Terms* terms_of(std::string_view account) const;
  template <class Change>
  void post(Book& book, Change change);
  void judge_now(Book& book, std::string_view cause, WallTime now);

  const TermsOf* terms_ = nullptr;
  std::unordered_map<std::string, Book, TextHash, std::equal_to<>> books_;
  std::map<std::string, std::vector<Movement>, std::less<>> unjudged_;  // until the first fees
  std::vector<Posting> postings_;
};

}  // namespace hotline::billing
