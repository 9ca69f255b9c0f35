#include <filesystem>

#include "store/anchor.h"
#include "store/lock.h"
#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

using OfflineTest = CtlTest;

TEST_F(OfflineTest, money_commands_work_on_the_database_itself) {
  EXPECT_EQ(run({"account", "open", "acme"}), 0) << err_;
  EXPECT_EQ(out_, "account acme is open; balance 0.000\n");
  EXPECT_EQ(err_, "(the server is stopped: using its database in " + (dir_ / "state") + ")\n");
  EXPECT_EQ(run({"account", "open", "acme"}), 0);
  EXPECT_EQ(out_, "account acme was open already; balance 0.000\n");

  const std::vector<std::string> payment = {"account", "recharge",    "acme",
                                            "100",     "--reference", "银行 001"};
  EXPECT_EQ(run(payment), 0) << err_;
  EXPECT_EQ(out_, "acme recharged: 100 yuan (银行 001); balance 100.000\n");
  EXPECT_EQ(run(payment), 0);
  EXPECT_EQ(out_,
            "acme has this already, nothing changed: 100 yuan (银行 001); balance "
            "100.000\n");
  EXPECT_EQ(run({"account", "recharge", "acme", "101", "--reference", "银行 001"}), 1);
  EXPECT_EQ(run({"account", "recharge", "beta", "1", "--reference", "r2"}), 1);
  EXPECT_NE(err_.find("there is no account beta"), std::string::npos) << err_;

  EXPECT_EQ(run({"ledger", "list"}), 0);
  EXPECT_EQ(out_,
            "SEQ  AT                   ACCOUNT  KIND       AMOUNT  BALANCE  REFERENCE  BY  WHY\n"
            "  1  2026-01-02 03:04:05  acme     recharge  100.000  100.000  银行 001   -   -\n");
}

TEST_F(OfflineTest, records_are_read_from_the_database_itself) {
  ASSERT_EQ(run({"account", "open", "acme"}), 0);
  EXPECT_EQ(run({"cdr", "list"}), 0) << err_;
  EXPECT_EQ(out_, "no call records\n");
  EXPECT_EQ(run({"cdr", "show", kCall}), 1);
  EXPECT_EQ(run({"cdr", "export"}), 0);
  EXPECT_TRUE(out_.starts_with("\xef\xbb\xbfseq,id,")) << out_;
}

TEST_F(OfflineTest, an_audit_reads_the_database_itself) {
  EXPECT_EQ(run({"audit"}), 1);  // there is none
  ASSERT_EQ(run({"account", "open", "acme"}), 0);
  ASSERT_EQ(run({"account", "recharge", "acme", "100", "--reference", "r"}), 0);
  EXPECT_EQ(run({"audit"}), 0) << out_ << err_;
  EXPECT_EQ(out_,
            "ACCOUNT  OPENING       IN    OUT  CLOSING\n"
            "acme       0.000  100.000  0.000  100.000\n"
            "total      0.000  100.000  0.000  100.000\n"
            "\n"
            "call records      0, of 0 calls, with 0 attempts\n"
            "charges           0.000 yuan, of 0 calls\n"
            "ledger entries    1\n"
            "notes             0\n"
            "open calls        0\n"
            "anchors compared  0\n"
            "last record       0 " +
                std::string(64, '0') +
                "\n"
                "\n"
                "the books hold\n");
  EXPECT_EQ(run({"audit", "--json", "--from", "2026-01-02"}), 0);
  const auto body = admin::Json::parse(out_);
  EXPECT_TRUE(body.at("holds").get<bool>());
  EXPECT_EQ(body.at("total").at("closing"), "100.000");
  EXPECT_EQ(run({"audit", "--anchors", dir_ / "nowhere"}), 1);
  EXPECT_NE(err_.find("there are no anchors in"), std::string::npos) << err_;
}

TEST_F(OfflineTest, an_audit_names_what_an_anchor_says_otherwise) {
  ASSERT_EQ(run({"account", "open", "acme"}), 0);
  ASSERT_EQ(run({"account", "recharge", "acme", "100", "--reference", "r"}), 0);
  store::Anchor anchor;
  anchor.ledger = 1;
  anchor.balances = Money::from_li(99'000);
  ASSERT_TRUE(store::write_anchor(dir_ / "kept", "2026-01-01", anchor));
  EXPECT_EQ(run({"audit", "--anchors", dir_ / "kept"}), 1);
  EXPECT_NE(out_.find("anchor 1 " + (dir_ / "kept") + "/2026-01-01" +
                      "\n  there is         balances of 99.000 after ledger entry 1"
                      "\n  there should be  100.000, as the entries until there add up\n"
                      "\nthe books do NOT hold: 1 finding\n"),
            std::string::npos)
      << out_;
  std::ofstream((dir_ / "kept") + "/note.txt") << "no anchor";
  EXPECT_EQ(run({"audit", "--anchors", dir_ / "kept"}), 1);
  EXPECT_NE(err_.find("note.txt: this is no whole anchor"), std::string::npos) << err_;
}

TEST_F(OfflineTest, a_note_needs_a_record) {
  ASSERT_EQ(run({"account", "open", "acme"}), 0);
  EXPECT_EQ(run({"cdr", "note", kCall, "--kind", "survey", "--text", "5"}), 1);
  EXPECT_NE(err_.find(std::string("no record of a call ") + kCall), std::string::npos) << err_;
}

TEST_F(OfflineTest, notices_are_listed_and_marked_in_the_database_itself) {
  ASSERT_EQ(run({"account", "open", "acme"}), 0);
  EXPECT_EQ(run({"notice", "list", "--pending"}), 0) << err_;
  EXPECT_EQ(out_, "no notices\n");
  EXPECT_EQ(run({"notice", "resend", "1"}), 1);
  EXPECT_NE(err_.find("there is no notice 1"), std::string::npos) << err_;
  EXPECT_EQ(run({"notice", "resend", "0"}), 2);
}

TEST_F(OfflineTest, reading_makes_no_database) {
  EXPECT_EQ(run({"account", "list"}), 3);
  EXPECT_FALSE(std::filesystem::exists(dir_ / "state"));
}

TEST_F(OfflineTest, does_not_touch_what_another_process_has_locked) {
  ASSERT_EQ(run({"account", "open", "acme"}), 0);
  const auto lock = store::Lock::take(dir_ / "state");
  ASSERT_TRUE(lock) << lock.error();
  EXPECT_EQ(run({"account", "list"}), 3);
  EXPECT_NE(err_.find("nor can the database be used: "), std::string::npos) << err_;
  EXPECT_EQ(out_, "");
}

}  // namespace
}  // namespace hotline::ctl
