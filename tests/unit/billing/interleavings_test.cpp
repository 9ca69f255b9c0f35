// Calls, payments, midnights, months' ends, crashes and restarts in any order: money is conserved
// at every step, nothing is taken twice, and calls never spend what is not there.
#include <map>
#include <set>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hotline/billing/accounts.h"

#include "support/china.h"

namespace hotline::billing {
namespace {

using support::yuan;

using namespace std::chrono_literals;

// What a store would hold: it takes what it is given in order, and a crash loses the rest.
struct Disk {
  void take(const Posting& posting) {
    for (const LedgerEntry& entry : posting.entries) book(entry);
    for (const LineYear& year : posting.line_years) lines[{year.hotline, year.line}] = year.until;
    standing = posting.standing;
  }
  void book(const LedgerEntry& entry) {
    RC_ASSERT(ids.insert(entry.id).second);  // nothing twice
    balance += entry.amount;
  }

  std::set<std::string> ids;
  Money balance;
  Standing standing;
  std::map<Month, Money> spent;
  std::map<std::pair<std::string, std::uint32_t>, Day> lines;
};

// One account, its live calls, and a disk that lags behind.
class Life {
 public:
  // Lives by those numbers.
  explicit Life(std::vector<std::uint32_t> numbers) : numbers_(std::move(numbers)) {
    auto package = std::make_shared<Package>();
    package->tariff = Tariff{Money::from_li(300), Seconds(60), Seconds(60)};
    package->year_price = yuan("25");
    package->month_minimum = yuan("5");
    package->first_month = static_cast<FirstMonth>(random_() % 3);
    package->suspension_fee = yuan("0.2");
    package->line_fee = yuan("3");
    package->renewal_fee = yuan("2");
    package->min_balance = yuan("20");
    package->low_balance = yuan("40");
    package_ = package;
    terms_["acme"] = Terms{package, {{"4001234567", 2}}};
    disk_.standing = standing_of_new(now_);
    restart();
  }

  void step() {
    now_ += Milliseconds(static_cast<std::int64_t>(random_() % 100'000));
    switch (random_() % 10) {
      case 0:
        return pay();
      case 1:
        now_ += std::chrono::hours(random_() % 40);
        return look();
      case 2:
        now_ += 24h * static_cast<int>(random_() % 40);  // nobody looks for weeks
        return;
      case 3:
        return crash();
      case 4:
      case 5:
        return hang_up();
      case 6:
        return sync();
      case 7:
        return talk_on();
      default:
        return begin_call();
    }
  }

  void check() {
    const Book& book = *accounts_.find("acme");
    Money balance = disk_.balance;
    for (const Write& write : waiting_) balance += write.amount();
    RC_ASSERT(book.posted == balance);
    Money reserved;
    for (const Call& call : calls_) reserved += call.reserved;
    RC_ASSERT(book.reserved == reserved);
  }

  void end() {
    while (!calls_.empty()) hang_up();
    now_ += 24h * 62;
    look();
    sync();
    check();
  }

  bool goes_on() const { return next_ < numbers_.size(); }
  const std::set<AccountState>& seen() const { return seen_; }

 private:
  struct Call {
    Money reserved;
    WallTime answered;
  };
  // What the disk does not have yet: a posting, or a call's end.
  struct Write {
    Posting posting;
    std::vector<LedgerEntry> charge;
    Month month = 0;
    Money amount() const {
      Money sum;
      for (const auto* entries : {&posting.entries, &charge}) {
        for (const LedgerEntry& entry : *entries) sum += entry.amount;
      }
      return sum;
    }
  };

  void collect() {
    for (Posting& posting : accounts_.take_postings()) {
      for (const AccountEvent& event : posting.events) seen_.insert(event.to);
      waiting_.push_back({std::move(posting), {}, 0});
    }
  }

  void begin_call() {
    const Money available = accounts_.find("acme")->available();
    const Admission admission = accounts_.admit("acme", *package_, package_->tariff);
    if (admission != Admission::granted) return;
    RC_ASSERT(available >= package_->tariff.entry_price());
    calls_.push_back({package_->tariff.entry_price(), now_});
  }

  void talk_on() {
    if (calls_.empty()) return;
    Call& call = calls_[random_() % calls_.size()];
    const Money available = std::max(Money(), accounts_.find("acme")->available());
    const Reserved granted = accounts_.reserve("acme", package_->tariff, 1, 3);
    RC_ASSERT(granted.amount <= available);
    call.reserved += granted.amount;
  }

  void hang_up() {
    if (calls_.empty()) return;
    std::swap(calls_[random_() % calls_.size()], calls_.back());
    const Call call = calls_.back();
    calls_.pop_back();
    const Money charge = call.reserved - Money::from_li(random_() % 2 == 0 ? 0 : 300);
    accounts_.settle("acme", call.reserved, charge, call.answered, now_);
    if (charge > Money()) {
      LedgerEntry entry{
          "call:" + std::to_string(++n_), EntryKind::call_charge, "acme", "", -charge, now_};
      waiting_.push_back({{}, {entry}, month_of(call.answered)});
    }
    collect();
  }

  void pay() {
    const Money amount = Money::from_li(static_cast<std::int64_t>(random_() % 30'000 + 1));
    sync();  // a payment counts once it is durable
    disk_.book(recharge("acme", amount, std::to_string(++n_), now_));
    accounts_.moved("acme", amount, EntryKind::recharge, now_);
    if (accounts_.find("acme")->standing.state == AccountState::reclaimed) {
      accounts_.reinstate("acme", {{}, now_, {}, "reinstated", "wang", "paid"});
    }
    collect();
  }

  void look() {
    OldestAnswers oldest;
    for (const Call& call : calls_) {
      const auto [known, is_new] = oldest.try_emplace("acme", call.answered);
      if (!is_new) known->second = std::min(known->second, call.answered);
    }
    if (accounts_.fees_are_due(now_)) accounts_.take_fees(now_, oldest);
    collect();
  }

  void sync() {
    for (const Write& write : waiting_) {
      for (const LedgerEntry& entry : write.charge) {
        disk_.book(entry);
        disk_.spent[write.month] -= entry.amount;
      }
      if (!write.posting.account.empty()) disk_.take(write.posting);
    }
    waiting_.clear();
  }

  // Whatever was not durable is gone; live calls are closed and charged at the next start.
  void crash() {
    waiting_.clear();
    for (const Call& call : calls_) {
      disk_.book({"call:" + std::to_string(++n_), EntryKind::call_charge, "acme", "",
                  -call.reserved, now_});
      disk_.spent[month_of(call.answered)] += call.reserved;
    }
    calls_.clear();
    restart();
  }

  void restart() {
    accounts_ = Accounts();
    accounts_.use(terms_, now_);
    Book book{"acme", disk_.balance, {}, disk_.standing};
    for (const auto& [month, spent] : disk_.spent) {
      if (month > disk_.standing.months_done) book.spent[month] = spent;
    }
    book.lines_paid = disk_.lines;
    accounts_.open(std::move(book));
    look();
    accounts_.use(terms_, now_);  // a change of state that was lost is made up for
    collect();
  }

  std::uint32_t random_() { return next_ < numbers_.size() ? numbers_[next_++] : 0; }

  std::vector<std::uint32_t> numbers_;
  std::size_t next_ = 0;
  WallTime now_ = begin_of(first_day(202611)) + 100h;
  std::shared_ptr<const Package> package_;
  TermsOf terms_;
  Accounts accounts_;
  Disk disk_;
  std::vector<Call> calls_;
  std::vector<Write> waiting_;
  std::set<AccountState> seen_;
  int n_ = 0;
};

class Interleavings : public testing::Test {
 protected:
  // That the lives were as varied as they should be.
  static void TearDownTestSuite() {
    for (const AccountState state : {AccountState::active, AccountState::low,
                                     AccountState::suspended, AccountState::reclaimed}) {
      EXPECT_TRUE(met_.contains(state)) << to_string(state);
    }
  }

  static inline std::set<AccountState> met_;
};

RC_GTEST_FIXTURE_PROP(Interleavings, conserve_money_whatever_happens, ()) {
  // Numbers of all sizes from the first life on; shorter lives would take hours to find.
  const auto numbers =
      rc::gen::container<std::vector<std::uint32_t>>(800, rc::gen::arbitrary<std::uint32_t>());
  Life life(*rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, numbers)));
  while (life.goes_on()) {
    life.step();
    life.check();
  }
  life.end();
  met_.insert(life.seen().begin(), life.seen().end());
}

}  // namespace
}  // namespace hotline::billing
