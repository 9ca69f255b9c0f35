#include "hotline/billing/accounts.h"

#include <algorithm>
#include <utility>

#include "hotline/base/contract.h"

namespace hotline::billing {

void Accounts::use(const TermsOf& terms, WallTime now) {
  terms_ = &terms;
  for (auto& [name, book] : books_) judge_now(book, "configuration", now);
}

void Accounts::open(Book book, std::vector<Movement> unjudged) {
  std::string name = book.name;
  if (!unjudged.empty()) unjudged_.emplace(name, std::move(unjudged));
  HOTLINE_EXPECT(books_.emplace(std::move(name), std::move(book)).second);
}

const Book* Accounts::find(std::string_view account) const {
  const auto found = books_.find(account);
  return found == books_.end() ? nullptr : &found->second;
}

Book& Accounts::at(std::string_view account) {
  const auto found = books_.find(account);
  HOTLINE_EXPECT(found != books_.end());
  return found->second;
}

const Terms* Accounts::terms_of(std::string_view account) const {
  if (terms_ == nullptr) return nullptr;
  const auto found = terms_->find(account);
  return found == terms_->end() ? nullptr : &found->second;
}

// Makes a change of the book, and keeps what has to become durable of it.
template <class Change>
void Accounts::post(Book& book, Change change) {
  Posting posting;
  posting.account = book.name;
  change(posting);
  if (posting.empty()) return;
  posting.standing = book.standing;
  postings_.push_back(std::move(posting));
}

void Accounts::judge_now(Book& book, std::string_view cause, WallTime now) {
  const Terms* terms = terms_of(book.name);
  if (terms == nullptr || unjudged_.contains(book.name)) return;
  post(book, [&](Posting& posting) { judge(book, *terms, cause, now, posting); });
}

Admission Accounts::admit(std::string_view account, const Package& package, const Tariff& tariff) {
  const auto found = books_.find(account);
  if (found == books_.end()) return Admission::suspended;
  Book& book = found->second;
  if (!serves(book.standing.state) || book.posted < package.min_balance) {
    return Admission::suspended;
  }
  const Money entry = tariff.entry_price();
  if (book.available() < entry) return Admission::no_credit;
  book.reserved += entry;
  return Admission::granted;
}

Reserved Accounts::reserve(std::string_view account, const Tariff& tariff, std::int64_t from_unit,
                           int units) {
  Book& book = at(account);
  Reserved reserved;
  while (reserved.units < units) {
    const Money price = tariff.unit_price(from_unit + reserved.units);
    if (price > Money() && book.available() < price) break;  // what costs nothing needs none
    book.reserved += price;
    reserved.amount += price;
    ++reserved.units;
  }
  return reserved;
}

Money Accounts::reserved() const {
  Money sum;
  for (const auto& [name, book] : books_) sum += book.reserved;
  return sum;
}

int Accounts::foresee(std::string_view account, const Tariff& tariff, std::int64_t from_unit,
                      int units) const {
  const Book* book = find(account);
  HOTLINE_EXPECT(book != nullptr);
  Money left = book->available();
  int foreseen = 0;
  for (; foreseen < units; ++foreseen) {
    const Money price = tariff.unit_price(from_unit + foreseen);
    if (price > Money() && left < price) break;
    left -= price;
  }
  return foreseen;
}

void Accounts::settle(std::string_view account, Money reserved, Money charge,
                      std::optional<WallTime> answered, WallTime now) {
  Book& book = at(account);
  HOTLINE_EXPECT(!charge.is_negative() && charge <= reserved && reserved <= book.reserved);
  book.reserved -= reserved;
  if (charge == Money()) return;
  HOTLINE_EXPECT(answered.has_value());
  book.posted -= charge;
  book.spent[month_of(*answered)] += charge;
  judge_now(book, to_string(EntryKind::call_charge), now);
}

void Accounts::moved(std::string_view account, Money amount, EntryKind kind, WallTime now) {
  Book& book = at(account);
  book.posted += amount;
  judge_now(book, to_string(kind), now);
}

void Accounts::close(std::string_view account, AccountEvent by) {
  Book& book = at(account);
  by.to = AccountState::closed;
  post(book, [&](Posting& posting) { move_to(book, std::move(by), posting); });
}

bool Accounts::reinstate(std::string_view account, AccountEvent by) {
  Book& book = at(account);
  const Terms* terms = terms_of(account);
  if (terms == nullptr || book.standing.state != AccountState::reclaimed ||
      book.posted < terms->package->min_balance) {
    return false;
  }
  by.to = AccountState::active;
  post(book, [&](Posting& posting) {
    const WallTime at = by.at;
    move_to(book, std::move(by), posting);
    judge(book, *terms, "reinstated", at, posting);
  });
  return true;
}

void Accounts::tell(Notice notice) {
  const auto found = books_.find(notice.account);
  if (found == books_.end()) return;
  post(found->second, [&](Posting& posting) { posting.notices.push_back(std::move(notice)); });
}

bool Accounts::fees_are_due(WallTime now) const {
  return !unjudged_.empty() || std::any_of(books_.begin(), books_.end(), [&](const auto& one) {
    return billing::fees_are_due(one.second.standing, now);
  });
}

void Accounts::take_fees(WallTime now, const OldestAnswers& live) {
  for (auto& [name, book] : books_) {
    const Terms* terms = terms_of(name);
    const bool is_due = billing::fees_are_due(book.standing, now) || unjudged_.contains(name);
    if (terms == nullptr || !is_due) continue;
    const auto oldest = live.find(name);
    const auto unjudged = unjudged_.extract(name);
    Posting posting = billing::take_fees(
        book, *terms, now, oldest == live.end() ? std::nullopt : std::optional(oldest->second),
        unjudged ? unjudged.mapped() : std::vector<Movement>());
    postings_.push_back(std::move(posting));
  }
}

}  // namespace hotline::billing
