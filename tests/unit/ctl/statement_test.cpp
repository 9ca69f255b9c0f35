#include <filesystem>

#include "unit/ctl/books_test.h"

namespace hotline::ctl {
namespace {

using billing::EntryKind;

class StatementTest : public BooksTest {
 protected:
  // acme, in yuan:
  //   September  +100.000 paid, -20.000 minimum (dated 1 October 00:00)   closes with  80.000
  //   October    +200.000 paid, -0.600 and -0.300 for calls, -1.000 a day suspended,
  //              -50.000 a line, +15.000 -15.000 a service paid apart, +3.000 adjusted,
  //              +0.600 the first call's charge reversed,
  //              -18.500 minimum (dated 1 November 00:00)                 closes with 213.200
  //   November   -0.600 for a call answered in October, +10.000 paid      closes with 222.600
  void fill() {
    Filling books(dir_ / "state");
    books.account("acme", at("2025-09-01T00:00:00"), 202510);
    books.account("idle", at("2025-09-01T00:00:00"), 202510);
    books.entries(
        {billing::recharge("acme", Money::from_li(100'000), "bank-1", at("2025-09-10T10:00:00"))});
    books.entries({fee(EntryKind::month_minimum, "202509", 20'000, "2025-10-01T00:00:00")});
    books.entries(
        {billing::recharge("acme", Money::from_li(200'000), "bank-2", at("2025-10-05T10:00:00"))});
    const std::string first = books.call(
        {"2025-10-06T09:00:00", "4001234567", "+8613900000000", "江苏", "上海", 61, 600});
    books.call({"2025-10-07T09:00:00", "4007654321", "+8613900000001", "广东", "上海", 30, 300});
    books.call({"2025-10-07T10:00:00", "4007654321", "+8613900000001", "广东", "", 0, 0});
    books.entries({fee(EntryKind::suspension_fee, "2025-10-20", 1'000, "2025-10-20T00:00:00")});
    books.entries(
        {fee(EntryKind::line_fee, "4001234567:1:2025-10-21", 50'000, "2025-10-21T00:00:00")});
    books.entries(billing::service_entries("acme", {"ringback", Money::from_li(15'000), false},
                                           "order-1", "wang", at("2025-10-22T12:00:00")));
    books.entries({billing::adjustment("acme", Money::from_li(3'000), "fix-1", "wang", "kindness",
                                       at("2025-10-23T12:00:00"))});
    books.entries({billing::adjustment("acme", Money::from_li(600), "reverses call:" + first,
                                       "wang", "wrong number", at("2025-10-24T12:00:00"))});
    books.call({"2025-11-01T00:00:31", "4001234567", "+8613900000002", "", "上海", 61, 600});
    books.entries({fee(EntryKind::month_minimum, "202510", 18'500, "2025-11-01T00:00:00")});
    books.entries(
        {billing::recharge("acme", Money::from_li(10'000), "bank-3", at("2025-11-02T10:00:00"))});
  }

  static std::string row(const std::string& month, const std::string& rest) {
    return "acme,2025-" + month + "," + rest + "\r\n";
  }
};

constexpr const char* kTitles = "account,month,section,item,count,talk_ms,billed_s,amount\r\n";

TEST_F(StatementTest, adds_up_a_month) {
  fill();
  ASSERT_EQ(run({"statement", "acme", "2025-10", "--format", "csv", "--no-bom"}), 0) << err_;
  // The calls to invoice: two charges less the one reversed, 0.300 of 0.900.
  // Adjusted: 3.000 to the customer's good. All: 0.300 + 18.500 + 1 + 50 + 15 - 3 = 81.800.
  EXPECT_EQ(
      out_,
      kTitles + row("10", "balance,opening,,,,80.000") + row("10", "balance,recharge,1,,,200.000") +
          row("10", "balance,service_paid,1,,,15.000") + row("10", "balance,adjustment,2,,,3.600") +
          row("10", "balance,call_charge,2,,,-0.900") +
          row("10", "balance,month_minimum,1,,,-18.500") +
          row("10", "balance,suspension_fee,1,,,-1.000") +
          row("10", "balance,line_fee,1,,,-50.000") + row("10", "balance,renewal_fee,0,,,0.000") +
          row("10", "balance,service_fee,1,,,-15.000") + row("10", "balance,closing,,,,213.200") +
          row("10", "hotlines,\"4001234567\t\",1,61000,120,0.600") +
          row("10", "hotlines,\"4007654321\t\",1,30000,60,0.300") +
          row("10", "days,2025-10-06,1,61000,120,0.600") +
          row("10", "days,2025-10-07,1,30000,60,0.300") +
          row("10", "provinces,广东,1,30000,60,0.300") +
          row("10", "provinces,江苏,1,61000,120,0.600") +
          row("10", "invoice,adjustment,1,,,-3.000") + row("10", "invoice,call_charge,1,,,0.300") +
          row("10", "invoice,month_minimum,1,,,18.500") +
          row("10", "invoice,suspension_fee,1,,,1.000") + row("10", "invoice,line_fee,1,,,50.000") +
          row("10", "invoice,renewal_fee,0,,,0.000") + row("10", "invoice,service_fee,1,,,15.000") +
          row("10", "invoice,total,6,,,81.800"));
  EXPECT_EQ(err_.find("provisional"), std::string::npos) << err_;
}

TEST_F(StatementTest, months_join) {
  fill();
  const struct {
    const char* month;
    const char* opening;
    const char* closing;
  } rows[] = {{"08", "0.000", "0.000"},
              {"09", "0.000", "80.000"},
              {"10", "80.000", "213.200"},
              {"11", "213.200", "222.600"},
              {"12", "222.600", "222.600"}};
  for (const auto& one : rows) {
    const std::string month = one.month;
    EXPECT_EQ(run({"statement", "acme", "2025-" + month, "--format", "csv"}), 0) << err_;
    EXPECT_NE(out_.find(row(month, std::string("balance,opening,,,,") + one.opening)),
              std::string::npos)
        << out_;
    EXPECT_NE(out_.find(row(month, std::string("balance,closing,,,,") + one.closing)),
              std::string::npos)
        << out_;
  }
}

// A charge belongs to the month its call ended in, as its entry is dated.
TEST_F(StatementTest, says_what_is_not_final_and_has_no_region) {
  fill();
  ASSERT_EQ(run({"statement", "acme", "2025-11", "--headers", "zh"}), 0) << err_;
  EXPECT_TRUE(out_.starts_with("对账单  acme  2025-11\n未结账：本月费用尚未结清\n\n账户余额\n"))
      << out_;
  EXPECT_NE(out_.find("\n  未知" + std::string(31, ' ') + "1       0:01:01             120" +
                      std::string(13, ' ') + "0.600\n"),
            std::string::npos)
      << out_;
}

TEST_F(StatementTest, a_month_without_entries_is_zeros) {
  fill();
  ASSERT_EQ(run({"statement", "idle", "2025-10"}), 0) << err_;
  EXPECT_TRUE(out_.starts_with("Statement  idle  2025-10\nno entries\n")) << out_;
  EXPECT_NE(out_.find("\n  closing  "), std::string::npos) << out_;
  EXPECT_EQ(out_.find("hotlines"), std::string::npos) << out_;
}

TEST_F(StatementTest, is_a_file_of_the_same_bytes_or_none) {
  fill();
  const std::string file = dir_ / "s.xlsx";
  const auto bytes = [&] {
    EXPECT_EQ(run({"statement", "acme", "2025-10", "--format", "xlsx", "-o", file}), 0) << err_;
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  };
  const std::string first = bytes();
  EXPECT_TRUE(err_.ends_with("statement acme 2025-10 in " + file + "\n")) << err_;
  EXPECT_EQ(first, bytes());
  EXPECT_TRUE(first.starts_with("PK"));
  EXPECT_EQ(run({"statement", "acme", "2025-10", "-o", dir_ / "no/such/place"}), 1);
  EXPECT_NE(err_.find("cannot write"), std::string::npos) << err_;
}

TEST_F(StatementTest, wants_an_account_and_a_month_that_are) {
  EXPECT_EQ(run({"statement", "acme", "2025-10"}), 1);  // no database
  fill();
  const struct {
    std::vector<std::string> arguments;
    int exit;
    const char* told;
  } rows[] = {
      {{"nobody", "2025-10"}, 1, "there is no account nobody"},
      {{"acme", "2026-02"}, 1, "2026-02 has not begun"},
      {{"acme", "2025-13"}, 2, "give a month"},
      {{"acme", "202510"}, 2, "give a month"},
      {{"acme", "2025-10", "--format", "xlsx"}, 2, "xlsx needs a file"},
  };
  for (const auto& one : rows) {
    std::vector<std::string> arguments = one.arguments;
    arguments.insert(arguments.begin(), "statement");
    EXPECT_EQ(run(arguments), one.exit) << one.told;
    EXPECT_NE((out_ + err_).find(one.told), std::string::npos) << out_ << err_;
  }
}

// A charge in the ledger whose call is not on record: nobody can make a statement of that.
TEST_F(StatementTest, is_not_made_of_books_that_disagree) {
  fill();
  {
    Filling books(dir_ / "state");
    books.entries({billing::call_charge("acme", *CallId::parse(kCall), Money::from_li(700),
                                        at("2025-10-30T12:00:00"))});
  }
  EXPECT_EQ(run({"statement", "acme", "2025-10", "-o", dir_ / "s.txt"}), 1);
  EXPECT_NE(err_.find("the month's calls cost 0.900 by their records, and the ledger has 1.600\n"),
            std::string::npos)
      << err_;
  EXPECT_NE(err_.find("hotlinectl: the books disagree"), std::string::npos) << err_;
  EXPECT_FALSE(std::filesystem::exists(dir_ / "s.txt"));
  EXPECT_EQ(run({"statement", "acme", "2025-11"}), 0) << err_;
}

}  // namespace
}  // namespace hotline::ctl
