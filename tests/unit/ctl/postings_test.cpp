#include "unit/ctl/books_test.h"

namespace hotline::ctl {
namespace {

class PostingsTest : public BooksTest {
 protected:
  // The id of a call's charge.
  std::string fill() {
    Filling books(dir_ / "state");
    books.account("acme", at("2025-09-01T00:00:00"), 202510);
    books.entries(
        {billing::recharge("acme", Money::from_li(100'000), "bank-1", at("2025-10-01T10:00:00"))});
    const std::string call = books.call(
        {"2025-10-06T09:00:00", "4001234567", "+8613900000000", "江苏", "上海", 61, 600});
    books.entries(
        {fee(billing::EntryKind::month_minimum, "202510", 18'500, "2025-11-01T00:00:00")});
    return "call:" + call;
  }
};

TEST_F(PostingsTest, each_entry_is_a_debit_and_a_credit) {
  const std::string charge = fill();
  const std::string call = charge.substr(5);
  ASSERT_EQ(run({"ledger", "postings", "--account", "acme", "--format", "csv", "--no-bom"}), 0)
      << err_;
  // Debits 100.000 + 0.600 + 18.500 = 119.100, credits the same; acme is left with 80.900.
  const std::string third = "entries,3,2025-11-01T00:00:00.000+08:00,month_minimum,";
  EXPECT_EQ(out_,
            "section,seq,at,kind,account,debit,credit,reference\r\n"
            "entries,1,2025-10-01T10:00:00.000+08:00,recharge,cash,100.000,,bank-1\r\n"
            "entries,1,2025-10-01T10:00:00.000+08:00,recharge,customer:acme,,100.000,bank-1\r\n"
            "entries,2,2025-10-06T09:00:00.000+08:00,call_charge,customer:acme,0.600,,\"" +
                call +
                "\t\"\r\n"
                "entries,2,2025-10-06T09:00:00.000+08:00,call_charge,revenue:calls,,0.600,\"" +
                call + "\t\"\r\n" + third + "customer:acme,18.500,,\"202510\t\"\r\n" + third +
                "revenue:minimum,,18.500,\"202510\t\"\r\n"
                "totals,,,,cash,100.000,0.000,\r\n"
                "totals,,,,customer:acme,19.100,100.000,\r\n"
                "totals,,,,revenue:calls,0.000,0.600,\r\n"
                "totals,,,,revenue:minimum,0.000,18.500,\r\n"
                "totals,,,,all,119.100,119.100,\r\n");
}

TEST_F(PostingsTest, what_live_calls_have_reserved_is_a_memo) {
  fill();
  desk_.state_dir = dir_ / "state";
  start_server();
  ASSERT_EQ(run({"ledger", "postings"}), 0) << err_;
  EXPECT_TRUE(out_.ends_with("memo: reserved for live calls of acme  0.300\n")) << out_;
  ASSERT_EQ(run({"ledger", "postings", "--format", "csv"}), 0) << err_;
  EXPECT_EQ(out_.find("memo"), std::string::npos) << out_;
}

TEST_F(PostingsTest, an_entry_is_reversed_once) {
  const std::string charge = fill();
  const std::vector<std::string> wish = {"ledger",        "reverse", charge, "--why",
                                         "our test call", "--by",    "wang"};
  ASSERT_EQ(run(wish), 0) << err_;
  // 100.000 - 0.600 - 18.500 = 80.900, and 0.600 back.
  EXPECT_EQ(out_, charge + " reversed: 0.600 yuan to acme; balance 81.500\n");
  ASSERT_EQ(run(wish), 0) << err_;
  EXPECT_EQ(out_, charge +
                      " is reversed already, nothing changed: 0.600 yuan to acme; balance "
                      "81.500\n");
  ASSERT_EQ(run({"ledger", "postings", "--format", "csv"}), 0) << err_;
  EXPECT_NE(out_.find("adjustment,revenue:calls,0.600,,\"reverses " + charge), std::string::npos)
      << out_;
  EXPECT_NE(out_.find("totals,,,,revenue:calls,0.600,0.600,\r\n"), std::string::npos) << out_;
}

TEST_F(PostingsTest, wants_an_entry_that_is_and_is_no_reversal) {
  const std::string charge = fill();
  EXPECT_EQ(run({"ledger", "reverse", "call:none", "--why", "x"}), 1);
  EXPECT_NE(err_.find("there is no ledger entry call:none"), std::string::npos) << err_;
  EXPECT_EQ(run({"ledger", "reverse", charge}), 2);  // why?
  ASSERT_EQ(run({"ledger", "reverse", charge, "--why", "x"}), 0) << err_;
  EXPECT_EQ(run({"ledger", "reverse", "adjustment:acme:reverses " + charge, "--why", "x"}), 1);
  EXPECT_NE(err_.find("is a reversal itself"), std::string::npos) << err_;
}

TEST(Reversal, is_named_by_id_or_by_number_where_that_is_too_long) {
  billing::Booked booked;
  booked.seq = 17;
  const auto reverse = [&](const billing::LedgerEntry& entry) {
    booked.entry = entry;
    const std::string reference = billing::reversal_reference(booked);
    return std::pair(reference, billing::reversed_kind(billing::adjustment(
                                    "acme", -entry.amount, reference, "wang", "x", kThen)));
  };
  const Money money = Money::from_li(100);
  using billing::EntryKind;
  EXPECT_EQ(
      reverse(billing::recharge("acme", money, "bank-1", kThen)),
      std::pair(std::string("reverses recharge:acme:bank-1"), std::optional(EntryKind::recharge)));
  EXPECT_EQ(reverse(billing::recharge("acme", money, std::string(128, 'r'), kThen)),
            std::pair(std::string("reverses recharge:#17"), std::optional(EntryKind::recharge)));
  EXPECT_EQ(reverse(billing::call_charge("acme", *CallId::parse(kCall), money, kThen)).second,
            EntryKind::call_charge);
  EXPECT_EQ(billing::reversed_kind(billing::recharge("acme", money, "reverses call:1", kThen)),
            std::nullopt);
  EXPECT_EQ(billing::reversed_kind(billing::adjustment("acme", money, "fix", "w", "x", kThen)),
            std::nullopt);
}

}  // namespace
}  // namespace hotline::ctl
