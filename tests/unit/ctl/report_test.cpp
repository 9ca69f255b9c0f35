#include "unit/ctl/books_test.h"

namespace hotline::ctl {
namespace {

// Now is 2026-01-02 03:04:05.
class ReportTest : public BooksTest {
 protected:
  // A call that nobody answered, waited for five seconds.
  static Call missed(const std::string& ended, const std::string& caller, Cause cause) {
    return {ended, "4001234567", caller, "江苏", "", 0, 0, "acme", cause};
  }
  static Call answered(const std::string& ended, const std::string& caller) {
    return {ended, "4001234567", caller, "江苏", "上海", 61, 600};
  }
  void fill(const std::vector<Call>& calls) {
    Filling books(dir_ / "state");
    books.account("acme", at("2025-09-01T00:00:00"), 202510);
    books.entries(
        {billing::recharge("acme", Money::from_li(2'000), "bank-1", at("2025-09-01T10:00:00"))});
    for (const Call& call : calls) books.call(call);
  }
  // The report as CSV without its titles.
  std::string rows(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "report");
    arguments.insert(arguments.end(), {"--format", "csv", "--no-bom"});
    EXPECT_EQ(run(arguments), 0) << err_;
    return out_.substr(out_.find('\n') + 1);
  }
};

TEST_F(ReportTest, provinces_by_caller_and_by_phone) {
  fill({answered("2025-12-01T09:00:00", "+8613900000000"),
        {"2025-12-02T09:00:00", "4001234567", "+8613900000001", "广东", "上海", 30, 300},
        {"2025-12-02T10:00:00", "4001234567", "+8613900000001", "广东", "", 60, 300},
        missed("2025-12-02T11:00:00", "+8613900000000", Cause::no_answer),
        answered("2026-01-01T00:00:30", "+8613900000000")});  // ends in the next month
  // 61 + 30 + 60 s of talk, billed 120 + 60 + 60 s, 0.600 + 0.300 + 0.300 yuan.
  EXPECT_EQ(rows({"provinces", "--from", "2025-12-01", "--to", "2025-12-31"}),
            "caller,广东,2,90000,120,0.600\r\ncaller,江苏,1,61000,120,0.600\r\n"
            "phone,unknown,1,60000,60,0.300\r\nphone,上海,2,91000,180,0.900\r\n"
            "total,all,3,151000,240,1.200\r\n");
}

TEST_F(ReportTest, daily_counts_answers_and_says_why_not) {
  Call nobodys = missed("2025-12-02T12:00:00", "+8613900000009", Cause::unknown_number);
  nobodys.account = "";
  nobodys.hotline = "4009999999";
  fill({answered("2025-12-02T09:00:00", "+8613900000000"),
        missed("2025-12-02T10:00:00", "+8613900000001", Cause::all_busy),
        missed("2025-12-02T11:00:00", "+8613900000002", Cause::no_answer),
        missed("2025-12-02T11:30:00", "+8613900000003", Cause::no_answer), nobodys,
        answered("2025-12-03T09:00:00", "+8613900000000")});
  // One of four answered: 25 %.
  EXPECT_EQ(rows({"daily", "--day", "2025-12-02"}),
            "hotlines,nobody's number,1,0,0.000,0,0.000\r\n"
            "hotlines,\"4001234567\t\",4,1,25.000,61000,0.600\r\n"
            "accounts,none,1,0,0.000,0,0.000\r\naccounts,acme,4,1,25.000,61000,0.600\r\n"
            "unanswered,no_answer,2,,,,\r\nunanswered,all_busy,1,,,,\r\n"
            "unanswered,unknown_number,1,,,,\r\n");
  ASSERT_EQ(run({"report", "daily", "--day", "2025-12-05"}), 0) << err_;
  EXPECT_EQ(out_, "Calls of 2025-12-05\nno calls\n");
}

// Arrived five seconds before they ended, or 66 with a minute of talk.
TEST_F(ReportTest, abandoned_callers_who_were_answered_later) {
  Call withheld = missed("2025-12-02T09:00:00", "", Cause::cancelled);
  Call other = answered("2025-12-02T10:02:00", "+8613900000001");
  other.hotline = "4007654321";
  fill({withheld, missed("2025-12-02T10:00:00", "+8613900000001", Cause::no_answer), other,
        missed("2025-12-02T10:05:00", "+8613900000001", Cause::all_busy),
        answered("2025-12-02T11:01:00", "+8613900000001"),  // arrived at 10:59:54
        missed("2025-12-02T23:59:00", "+8613900000002", Cause::no_answer),
        answered("2025-12-03T00:30:00", "+8613900000002"),    // after the period, in time
        answered("2025-12-03T02:00:00", "+8613900000001")});  // long after
  const std::string head = ",acme,\"4001234567\t\",";
  const auto row = [&](const std::string& time, const std::string& caller, const std::string& cause,
                       const std::string& later) {
    return "2025-12-02T" + time + ".000+08:00" + head + caller + ",江苏," + cause + ",1,5000," +
           later + "\r\n";
  };
  const std::string one = "\"+8613900000001\t\"";
  EXPECT_EQ(
      rows({"abandoned", "--from", "2025-12-02", "--to", "2025-12-02", "--within", "1h"}),
      row("08:59:55", "", "cancelled", "") +
          row("09:59:55", one, "no_answer", "2025-12-02T10:59:59.000+08:00") +
          row("10:04:55", one, "all_busy", "2025-12-02T10:59:59.000+08:00") +
          row("23:58:55", "\"+8613900000002\t\"", "no_answer", "2025-12-03T00:28:59.000+08:00"));
  // 10:59:54 is 55 minutes after 10:04:55, and 59:59 after 09:59:55.
  EXPECT_EQ(
      run({"report", "abandoned", "--from", "2025-12-02", "--to", "2025-12-02", "--within", "56m"}),
      0);
  EXPECT_TRUE(out_.ends_with("4 unanswered, of these answered later: 2\n")) << out_;
}

// What a menu alone answered was paid for, and put nobody through.
TEST_F(ReportTest, calls_that_only_a_menu_answered) {
  Call menu = answered("2025-12-02T09:00:00", "+8613900000000");
  menu.phone = "";
  menu.cause = Cause::all_busy;
  fill({menu, answered("2025-12-02T10:00:00", "+8613900000000")});
  EXPECT_EQ(rows({"daily", "--day", "2025-12-02"}),
            "hotlines,\"4001234567\t\",2,1,50.000,122000,1.200\r\n"
            "accounts,acme,2,1,50.000,122000,1.200\r\nunanswered,all_busy,1,,,,\r\n");
  EXPECT_EQ(rows({"abandoned", "--from", "2025-12-02", "--to", "2025-12-02"}),
            "2025-12-02T08:58:54.000+08:00,acme,\"4001234567\t\",\"+8613900000000\t\",江苏,"
            "all_busy,1,66000,2025-12-02T09:58:59.000+08:00\r\n");
}

TEST_F(ReportTest, marks_of_callers_by_phone_and_day) {
  const auto marked = [](const std::string& ended, const std::string& phone, int mark) {
    Call call = answered(ended, "+8613900000000");
    call.phone = phone;
    call.mark = mark;
    return call;
  };
  fill({marked("2025-12-02T09:00:00", "desk", 5), marked("2025-12-02T10:00:00", "li", 2),
        marked("2025-12-03T09:00:00", "desk", 4), marked("2025-12-03T09:30:00", "desk", 0),
        missed("2025-12-03T11:00:00", "+8613900000000", Cause::no_answer)});
  EXPECT_EQ(rows({"survey"}),
            "phones,4001234567/desk,3,2,4.500,0,0,0,1,1\r\n"
            "phones,4001234567/li,1,1,2.000,0,1,0,0,0\r\n"
            "days,2025-12-02,2,2,3.500,0,1,0,0,1\r\n"
            "days,2025-12-03,2,1,4.000,0,0,0,1,0\r\n"
            "total,all,4,3,3.666,0,1,0,1,1\r\n");
}

TEST_F(ReportTest, warnings_of_fewer_calls_and_little_money) {
  std::vector<Call> calls;
  // 28 answered calls in the four weeks before, about one a day; 2 in the last week, one of them
  // answered.
  for (int day = 1; day <= 28; ++day) {
    const std::string text = std::to_string(day);
    Call call = answered("2025-12-" + std::string(2 - text.size(), '0') + text + "T02:00:00",
                         "+8613900000000");
    if (day > 25) call.ended = "2025-12-25T0" + std::to_string(day - 20) + ":00:00";
    calls.push_back(call);
  }
  calls.push_back(answered("2025-12-30T09:00:00", "+8613900000000"));
  calls.push_back(missed("2025-12-30T10:00:00", "+8613900000000", Cause::no_answer));
  fill(calls);
  // Traffic: 2 in 7 days is 0.285 a day after 1.000: 71.500 % less. Answers: 50 % after 100 %.
  // Money: the account has 2.000 - 29 x 0.600 = -15.400 yuan left: nothing for a day of 0.085.
  EXPECT_EQ(rows({"warnings"}),
            "acme,traffic,0.285,1.000,71.500,,\r\nacme,answer_rate,50.000,100.000,50.000,,\r\n"
            "acme,balance,0.085,,,-15.400,0.000\r\n");
  EXPECT_EQ(rows({"warnings", "--drop", "60"}),
            "acme,traffic,0.285,1.000,71.500,,\r\nacme,balance,0.085,,,-15.400,0.000\r\n");
  EXPECT_EQ(rows({"warnings", "--least-calls", "29"}), "acme,balance,0.085,,,-15.400,0.000\r\n");
}

TEST_F(ReportTest, reads_as_tables_and_for_programs) {
  fill({answered("2025-12-01T09:00:00", "+8613900000000")});
  ASSERT_EQ(run({"--json", "report", "provinces"}), 0) << err_;
  EXPECT_TRUE(
      out_.starts_with("{\"basis\":\"caller\",\"province\":\"江苏\",\"calls\":1,"
                       "\"talk_ms\":61000,\"billed_s\":120,\"charge\":\"0.600\"}\n"))
      << out_;
  ASSERT_EQ(run({"report", "provinces"}), 0) << err_;
  EXPECT_TRUE(
      out_.starts_with("\ncaller\n  province           calls          talk        billed_s"
                       "          charge\n  江苏                   1       0:01:01"
                       "             120           0.600\n"))
      << out_;
  EXPECT_EQ(run({"report", "provinces", "--account", "nobody"}), 1);
  EXPECT_EQ(run({"report", "daily", "--day", "2026-02-01"}), 1);
  EXPECT_EQ(run({"report", "daily"}), 2);
  EXPECT_EQ(run({"report", "abandoned", "--within", "forever"}), 2);
}

}  // namespace
}  // namespace hotline::ctl
