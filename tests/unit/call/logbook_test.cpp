#include "hotline/call/logbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotline::call {
namespace {

using routing::LastCall;

// 2026-03-02 10:00 in China.
constexpr WallTime kMonday{Milliseconds{1'772'416'800'000}};
constexpr std::chrono::hours kDay{24};

class LogbookTest : public testing::Test {
 protected:
  LogbookTest() {
    desk_.name = "desk";
    desk_.line_key = "carrier/desk";
    desk_.keeps_history = true;
    hotline_.number = "4001234567";
    hotline_.account = "acme";
    hotline_.remembers_callers = true;
  }
  // A process that begins with what this one has kept.
  Logbook reborn() const {
    Logbook next([](const KeepNote&) {});
    for (const auto& [key, note] : kept_) next.restore(note);
    return next;
  }
  cdr::Record answered(WallTime when, std::int64_t charge) const {
    cdr::Record record;
    record.hotline = hotline_.number;
    record.account = hotline_.account;
    record.answered = when;
    record.charge = Money::from_li(charge);
    return record;
  }

  std::map<std::string, KeepNote> kept_;
  Logbook logbook_{[this](const KeepNote& note) {
    const std::string key = std::string(to_string(note.kind)) + note.key;
    if (note.value.empty()) {
      kept_.erase(key);
    } else {
      kept_[key] = note;
    }
  }};
  routing::Phone desk_;
  routing::Hotline hotline_;
};

TEST_F(LogbookTest, turns_outlive_the_process) {
  routing::Group group;
  group.key = "4001234567/sales";
  EXPECT_EQ(logbook_.turn(group), 0u);
  logbook_.took_turn(group);
  logbook_.took_turn(group);
  EXPECT_EQ(logbook_.turn(group), 2u);
  EXPECT_EQ(reborn().turn(group), 2u);
}

TEST_F(LogbookTest, a_phone_and_what_it_did) {
  logbook_.attempted(desk_, cdr::AttemptResult::answered, kMonday);
  logbook_.attempted(desk_, cdr::AttemptResult::busy, kMonday + Seconds(1));
  logbook_.attempted(desk_, cdr::AttemptResult::answered, kMonday + Seconds(2));
  logbook_.talk_ended(desk_, kMonday + Seconds(3));
  const routing::PhoneHistory history{kMonday + Seconds(2), kMonday + Seconds(3), 2};
  EXPECT_EQ(logbook_.phone("carrier/desk", kMonday).history, history);
  EXPECT_EQ(reborn().phone("carrier/desk", kMonday).history, history);
  EXPECT_EQ(logbook_.phone("carrier/desk", kMonday + kDay).history.answered_today, 0u);
  logbook_.attempted(desk_, cdr::AttemptResult::answered, kMonday + kDay);
  EXPECT_EQ(logbook_.phone("carrier/desk", kMonday + kDay).history.answered_today, 1u);
  EXPECT_EQ(logbook_.phone("carrier/li", kMonday).history, routing::PhoneHistory());
}

TEST_F(LogbookTest, nothing_is_kept_of_phones_nobody_asks_about) {
  desk_.keeps_history = false;
  logbook_.attempted(desk_, cdr::AttemptResult::answered, kMonday);
  logbook_.attempted(desk_, cdr::AttemptResult::failed, kMonday);
  logbook_.talk_ended(desk_, kMonday);
  EXPECT_TRUE(kept_.empty());
}

TEST_F(LogbookTest, failures_in_a_row_pause_a_phone_for_a_while) {
  desk_.pause_after = 2;
  desk_.pause_for = Seconds(60);
  using Result = cdr::AttemptResult;
  for (const Result result : {Result::no_answer, Result::answered, Result::declined, Result::busy,
                              Result::at_capacity, Result::cancelled}) {
    logbook_.attempted(desk_, result, kMonday);
    EXPECT_FALSE(logbook_.is_paused("carrier/desk", kMonday)) << to_string(result);
  }
  logbook_.attempted(desk_, Result::silent, kMonday);
  EXPECT_TRUE(logbook_.is_paused("carrier/desk", kMonday));
  const auto pause = logbook_.phone("carrier/desk", kMonday).pause;
  ASSERT_TRUE(pause);
  EXPECT_TRUE(pause->automatic);
  EXPECT_EQ(pause->why, "2 failed attempts in a row");
  EXPECT_TRUE(reborn().is_paused("carrier/desk", kMonday + Seconds(59)));
  EXPECT_FALSE(logbook_.is_paused("carrier/desk", kMonday + Seconds(60)));
  EXPECT_FALSE(logbook_.phone("carrier/desk", kMonday + Seconds(60)).pause);
  EXPECT_FALSE(reborn().is_paused("carrier/desk", kMonday + Seconds(60)));
}

TEST_F(LogbookTest, pauses_by_hand) {
  EXPECT_FALSE(logbook_.resume("carrier/desk", kMonday));
  logbook_.pause("carrier/desk", {kMonday + Seconds(60), false, "lunch, then tea"});
  EXPECT_TRUE(logbook_.is_paused("carrier/desk", kMonday));
  EXPECT_FALSE(logbook_.is_paused("carrier/li", kMonday));
  EXPECT_EQ(reborn().phone("carrier/desk", kMonday).pause->why, "lunch, then tea");
  EXPECT_TRUE(logbook_.resume("carrier/desk", kMonday));
  EXPECT_FALSE(logbook_.is_paused("carrier/desk", kMonday));
  EXPECT_FALSE(reborn().is_paused("carrier/desk", kMonday));
  logbook_.pause("carrier/desk", {kMonday + Seconds(60), false, ""});
  EXPECT_FALSE(logbook_.resume("carrier/desk", kMonday + Seconds(60))) << "it was over already";
}

TEST_F(LogbookTest, callers_and_who_answered_them) {
  EXPECT_EQ(logbook_.last_call(hotline_, "+861"), std::nullopt);
  logbook_.called(hotline_, "+861", {kMonday, "desk"});
  logbook_.called(hotline_, "+861", {kMonday + Seconds(9), ""});
  EXPECT_EQ(logbook_.last_call(hotline_, "+861"), (LastCall{kMonday + Seconds(9), "desk"}))
      << "a call nobody answered does not hide who answered before";
  EXPECT_EQ(reborn().last_call(hotline_, "+861"), (LastCall{kMonday + Seconds(9), "desk"}));
  EXPECT_EQ(logbook_.last_call(hotline_, "+862"), std::nullopt);
  routing::Hotline other = {};
  other.number = "4007654321";
  EXPECT_EQ(logbook_.last_call(other, "+861"), std::nullopt);
  logbook_.called(hotline_, "", {kMonday, "desk"});
  EXPECT_EQ(logbook_.last_call(hotline_, ""), std::nullopt) << "hidden callers are nobody";
  hotline_.remembers_callers = false;
  logbook_.called(hotline_, "+863", {kMonday, "desk"});
  EXPECT_EQ(logbook_.last_call(hotline_, "+863"), std::nullopt);
}

TEST_F(LogbookTest, the_guard_counts_within_its_time) {
  const routing::Guard guard{{}, 2, Seconds(60), Seconds(600)};
  const auto count = [&](int second, const char* caller = "+861") {
    return logbook_.count(guard, caller, {Instant(Seconds(second)), kMonday + Seconds(second)});
  };
  EXPECT_FALSE(count(0));
  EXPECT_FALSE(count(30));
  EXPECT_FALSE(count(60)) << "the first is a minute ago";
  EXPECT_FALSE(count(61, "+862"));
  EXPECT_TRUE(count(62));
  EXPECT_TRUE(logbook_.block_of("+861", kMonday + Seconds(661)));
  EXPECT_FALSE(logbook_.block_of("+861", kMonday + Seconds(662)));
  EXPECT_FALSE(logbook_.block_of("+862", kMonday + Seconds(62)));
  EXPECT_TRUE(reborn().block_of("+861", kMonday + Seconds(661)));
  EXPECT_FALSE(count(63, ""));
  EXPECT_FALSE(count(63, ""));
  EXPECT_FALSE(count(63, "")) << "hidden callers are not one caller";
}

TEST_F(LogbookTest, blocks_are_listed_and_lifted) {
  logbook_.block("+861", {kMonday, kMonday + Seconds(60), "prank, calls", true});
  std::vector<std::string> listed;
  const auto list = [&](WallTime now) {
    listed.clear();
    logbook_.each_block(now, [&](const std::string& caller, const Block& block) {
      listed.push_back(caller + " " + block.why);
    });
    return listed;
  };
  EXPECT_THAT(list(kMonday), testing::ElementsAre("+861 prank, calls"));
  EXPECT_THAT(list(kMonday + Seconds(60)), testing::ElementsAre());
  EXPECT_TRUE(logbook_.lift("+861", kMonday));
  EXPECT_FALSE(logbook_.lift("+861", kMonday));
  EXPECT_FALSE(logbook_.block_of("+861", kMonday));
  EXPECT_FALSE(reborn().block_of("+861", kMonday));
}

TEST_F(LogbookTest, a_restart_knows_whose_block_it_is) {
  logbook_.block("+861", {kMonday, kMonday + Seconds(60), "1, prank", true});
  logbook_.block("+862", {kMonday, kMonday + Seconds(60), "more than 2 calls in 60 s"});
  Logbook later = reborn();
  EXPECT_TRUE(later.block_of("+861", kMonday)->by_hand);
  EXPECT_EQ(later.block_of("+861", kMonday)->why, "1, prank");
  EXPECT_FALSE(later.block_of("+862", kMonday)->by_hand);
  // As early versions kept it.
  later.restore({KeepNote::Kind::block, "+863", "1772416800000,more than 2", kMonday + Seconds(9)});
  later.restore({KeepNote::Kind::block, "+864", "1772416800000,110, again", kMonday + Seconds(9)});
  EXPECT_EQ(later.block_of("+863", kMonday)->why, "more than 2");
  EXPECT_FALSE(later.block_of("+863", kMonday)->by_hand);
  EXPECT_EQ(later.block_of("+864", kMonday)->why, "110, again");
}

TEST_F(LogbookTest, the_month_begins_in_china) {
  const WallTime april{Milliseconds{1'774'972'800'000}};  // 2026-04-01 00:00 in China
  EXPECT_EQ(month_of(april - Milliseconds(1)), 202603);
  EXPECT_EQ(month_of(april), 202604);
  const auto usage = [&](WallTime now) { return logbook_.usage_of_hotline(hotline_, now); };
  const Money unit = Money::from_li(300);
  logbook_.admitted(hotline_, unit);
  EXPECT_EQ(usage(kMonday), (routing::Usage{1, unit})) << "what is live counts";
  logbook_.reserved(hotline_, unit);
  EXPECT_EQ(usage(kMonday).spent, unit * 2);
  logbook_.settled(hotline_, unit * 2, answered(kMonday, 300));
  EXPECT_EQ(usage(kMonday), (routing::Usage{1, unit}));
  EXPECT_EQ(logbook_.usage_of_account("acme", kMonday), (routing::Usage{1, unit}));
  EXPECT_EQ(usage(april), routing::Usage());

  logbook_.admitted(hotline_, unit);
  logbook_.settled(hotline_, unit, answered(april, 600));
  logbook_.admitted(hotline_, unit);
  logbook_.settled(hotline_, unit, answered(april - Seconds(1), 900));  // ended after midnight
  EXPECT_EQ(usage(april), (routing::Usage{1, Money::from_li(600)}));

  cdr::Record refused = answered(april, 0);
  refused.answered.reset();
  logbook_.admitted(hotline_, unit);
  logbook_.settled(hotline_, unit, refused);
  EXPECT_EQ(usage(april).calls, 1u) << "a call nobody answered is none";
}

TEST_F(LogbookTest, usage_of_all_numbers_of_a_hotline_and_of_a_start) {
  hotline_.aliases = {"4001234568"};
  logbook_.restore(MonthUsage{202603, "4001234567", "acme", 2, Money::from_li(20)});
  logbook_.restore(MonthUsage{202603, "4001234568", "acme", 3, Money::from_li(30)});
  logbook_.restore(MonthUsage{202603, "4007654321", "acme", 4, Money::from_li(40)});
  EXPECT_EQ(logbook_.usage_of_hotline(hotline_, kMonday), (routing::Usage{5, Money::from_li(50)}));
  EXPECT_EQ(logbook_.usage_of_account("acme", kMonday), (routing::Usage{9, Money::from_li(90)}));
}

TEST_F(LogbookTest, a_cap_is_met_first_once_a_month_by_account_and_hotline) {
  const WallTime next_month = kMonday + 31 * kDay;
  routing::Hotline other;
  other.number = "4007654321";
  other.account = "acme";
  EXPECT_TRUE(logbook_.met_cap(hotline_, false, kMonday));
  EXPECT_FALSE(logbook_.met_cap(hotline_, false, kMonday + kDay));
  EXPECT_TRUE(logbook_.met_cap(other, false, kMonday));
  EXPECT_TRUE(logbook_.met_cap(other, true, kMonday));
  EXPECT_FALSE(logbook_.met_cap(hotline_, true, kMonday));
  EXPECT_TRUE(logbook_.met_cap(hotline_, false, next_month));
  EXPECT_FALSE(logbook_.met_cap(hotline_, false, next_month));
  EXPECT_TRUE(logbook_.met_cap(hotline_, true, next_month));
}

TEST_F(LogbookTest, notes_that_are_not_understood_are_left_out) {
  for (const char* value : {"", "x", "1", "1,x,", "1,2,3,4,5,6,"}) {
    logbook_.restore({KeepNote::Kind::phone, "carrier/desk", value});
    logbook_.restore({KeepNote::Kind::turn, "g", "x,"});
    logbook_.restore({KeepNote::Kind::block, "+861", "", kMonday + kDay});
    EXPECT_FALSE(logbook_.is_paused("carrier/desk", kMonday)) << value;
  }
  EXPECT_FALSE(logbook_.block_of("+861", kMonday));
}

TEST(Generations, forgets_what_was_not_written_longest) {
  Generations<int> table(2);
  table.write("a") = 1;
  table.write("b") = 2;
  table.write("c") = 3;
  ASSERT_NE(table.find("a"), nullptr);
  EXPECT_EQ(table.write("a"), 1) << "written again, it stays";
  table.write("d") = 4;
  EXPECT_EQ(table.find("b"), nullptr);
  EXPECT_EQ(*table.find("a"), 1);
  EXPECT_EQ(*table.find("d"), 4);
  EXPECT_LE(table.size(), 4u);
  table.erase("a");
  EXPECT_EQ(table.find("a"), nullptr);
}

}  // namespace
}  // namespace hotline::call
