#include "hotline/billing/fees.h"

#include <algorithm>

#include "hotline/base/contract.h"

namespace hotline::billing {
namespace {

// Open, reclaimed and closed accounts owe nothing.
bool owes_fees(AccountState state) { return serves(state) || state == AccountState::suspended; }

std::chrono::year year_of(Day day) { return std::chrono::year_month_day(day).year(); }

WallTime end_of(Month month) { return begin_of(first_day(next_month(month))); }

class Occasion {
 public:
  Occasion(Book& book, const Terms& terms) : book_(book), terms_(terms) {
    posting_.account = book.name;
  }

  void take(EntryKind kind, const std::string& what, Money fee, WallTime at) {
    book_entry(book_, terms_, fee_entry(kind, book_.name, what, fee, at), posting_);
  }

  // The minimum of each month that was over by then.
  void see_to_months(WallTime until, std::optional<WallTime> oldest_answer) {
    Standing& standing = book_.standing;
    for (;;) {
      const Month month = next_month(standing.months_done);
      const WallTime end = end_of(month);
      if (until < end || (oldest_answer && *oldest_answer < end)) return;
      const Money missing = minimum_of(month) - book_.spent[month];
      if (owes_fees(standing.state) && missing > Money()) {
        take(EntryKind::month_minimum, std::to_string(month), missing, end);
      }
      book_.spent.erase(month);
      standing.months_done = month;
    }
  }

  void see_to_day(Day day) {
    Standing& standing = book_.standing;
    // Who is suspended by this midnight's fees begins to pay at the next.
    const bool was_suspended =
        standing.state == AccountState::suspended && day_of(standing.since) < day;
    if (owes_fees(standing.state)) {
      renew(day);
      for (const FurtherLines& further : terms_.further_lines) {
        pay_lines(further, day);
        announce_lines(further, day);
      }
    }
    if (was_suspended) suspend_on(day);
    standing.days_done = day;
  }

  // Money that moved while nobody looked.
  void judge_movement(const Movement& movement) {
    book_.posted += movement.amount;
    judge(book_, terms_, to_string(movement.kind), movement.at, posting_);
  }

  Posting finish() {
    posting_.standing = book_.standing;
    return std::move(posting_);
  }

 private:
  const Package& package() const { return *terms_.package; }

  Money minimum_of(Month month) const {
    const auto& activated = book_.standing.activated;
    if (!activated || *activated >= end_of(month)) return {};
    if (*activated <= begin_of(first_day(month))) return package().month_minimum;
    switch (package().first_month) {
      case FirstMonth::exempt:
        return {};
      case FirstMonth::full:
        return package().month_minimum;
      case FirstMonth::by_day: {
        const auto left = (first_day(next_month(month)) - day_of(*activated)).count();
        return share_rounded_down(package().month_minimum, left, days_in(month));
      }
    }
    HOTLINE_EXPECT(false);
    return {};
  }

  void renew(Day day) {
    const auto& activated = book_.standing.activated;
    if (!activated || package().renewal_fee == Money()) return;
    const Day first = day_of(*activated);
    const auto years = year_of(day) - year_of(first);
    if (years.count() < 1 || years_later(first, static_cast<int>(years.count())) != day) return;
    take(EntryKind::renewal_fee, hotline::to_text(day), package().renewal_fee, begin_of(day));
  }

  void pay_lines(const FurtherLines& further, Day day) {
    if (package().line_fee == Money()) return;
    for (std::uint32_t line = 1; line <= further.lines; ++line) {
      Day& until = book_.lines_paid[{further.hotline, line}];
      if (day < until) continue;
      until = years_later(day, 1);
      posting_.line_years.push_back({further.hotline, line, until});
      take(EntryKind::line_fee,
           further.hotline + ":" + std::to_string(line) + ":" + hotline::to_text(day),
           package().line_fee, begin_of(day));
    }
  }

  // Of the lines whose next year is that near.
  void announce_lines(const FurtherLines& further, Day day) {
    if (package().line_fee == Money()) return;
    for (std::uint32_t line = 1; line <= further.lines; ++line) {
      const Day until = book_.lines_paid.at({further.hotline, line});
      if (until - day != kToldBefore) continue;
      posting_.notices.push_back(line_fee_notice(book_.name, further.hotline, line, until,
                                                 package().line_fee, book_.posted, begin_of(day)));
    }
  }

  void suspend_on(Day day) {
    const WallTime at = begin_of(day);
    if (!book_.posted.is_negative() && package().suspension_fee > Money()) {
      take(EntryKind::suspension_fee, hotline::to_text(day), package().suspension_fee, at);
    }
    if (book_.posted.is_negative()) {
      move_to(book_, AccountEvent{{}, at, AccountState::reclaimed, "daily_job", {}, {}}, posting_);
      posting_.notices.push_back(
          balance_notice(NoticeKind::reclaimed, book_.name, book_.posted, Money(), at));
    }
  }

  Book& book_;
  const Terms& terms_;
  Posting posting_;
};

}  // namespace

bool fees_are_due(const Standing& standing, WallTime now) {
  return standing.days_done < day_of(now) || end_of(next_month(standing.months_done)) <= now;
}

Posting take_fees(Book& book, const Terms& terms, WallTime now,
                  std::optional<WallTime> oldest_answer, const std::vector<Movement>& unjudged) {
  Occasion occasion(book, terms);
  for (const Movement& movement : unjudged) book.posted -= movement.amount;
  auto moved = unjudged.begin();
  for (Day day = book.standing.days_done + std::chrono::days(1); day <= day_of(now);
       day += std::chrono::days(1)) {
    const WallTime midnight = begin_of(day);
    for (; moved != unjudged.end() && moved->at < midnight; ++moved) {
      occasion.judge_movement(*moved);
    }
    occasion.see_to_months(midnight, oldest_answer);
    occasion.see_to_day(day);
  }
  for (; moved != unjudged.end(); ++moved) occasion.judge_movement(*moved);
  occasion.see_to_months(now, oldest_answer);  // that waited for a call
  return occasion.finish();
}

}  // namespace hotline::billing
