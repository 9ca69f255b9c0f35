#include <span>
#include <string>

#include <gtest/gtest.h>

#include "admin/ask.h"
#include "admin/times.h"

namespace hotline::admin {
namespace {

constexpr const char* kCall = "01900000-0001-7000-8000-000000000001";

template <class Wanted>
Wanted read(std::string_view method, const std::string& target, std::string_view body = "") {
  const auto ask = read_ask(method, target, body);
  if (!ask) {
    ADD_FAILURE() << method << " " << target << ": " << to_text(ask.error().body);
    return {};
  }
  const auto* wanted = std::get_if<Wanted>(&*ask);
  if (wanted == nullptr) {
    ADD_FAILURE() << method << " " << target << " was read as alternative " << ask->index();
    return {};
  }
  return *wanted;
}

struct Refused {
  const char* method;
  std::string target;
  std::string body;
  int status;
  const char* code;
};

constexpr const char* kAdjust = "/accounts/acme/adjust";
constexpr const char* kRecharge = "/accounts/acme/recharge";

void expect_refused(std::span<const Refused> rows) {
  for (const auto& row : rows) {
    const auto ask = read_ask(row.method, row.target, row.body);
    const std::string what =
        std::string(row.method) + " " + row.target + " " + row.body.substr(0, 60);
    ASSERT_FALSE(ask) << what;
    EXPECT_EQ(ask.error().status, row.status) << what;
    const Json& error = ask.error().body.at("error");
    EXPECT_EQ(error.at("code"), row.code) << what;
    EXPECT_FALSE(error.at("message").get<std::string>().empty()) << what;
    EXPECT_FALSE(error.at("hint").get<std::string>().empty()) << what;
  }
}

TEST(ReadAsk, each_path_becomes_its_ask) {
  read<GetStatus>("GET", "/status");
  read<Reload>("POST", "/reload");
  EXPECT_FALSE(read<Reload>("POST", "/reload").dry_run);
  EXPECT_TRUE(read<Reload>("POST", "/reload", R"({"dry_run": true})").dry_run);
  read<ListAccounts>("GET", "/accounts");
  EXPECT_EQ(read<OpenAccount>("POST", "/accounts", R"({"name": "acme"})").name, "acme");
  EXPECT_EQ(read<ShowAccount>("GET", "/accounts/acme").name, "acme");
  const auto recharge = read<Recharge>("POST", "/accounts/acme/recharge",
                                       R"({"amount": "100.5", "reference": "bank-2026-001"})");
  EXPECT_EQ(recharge.account, "acme");
  EXPECT_EQ(recharge.amount, Money::from_li(100'500));
  EXPECT_EQ(recharge.reference, "bank-2026-001");
  const auto adjust = read<Adjust>(
      "POST", "/accounts/acme/adjust",
      R"({"amount": "-3.6", "reference": "fix-7", "why": "charged twice", "by": "wang"})");
  EXPECT_EQ(adjust.amount, Money::from_li(-3'600));
  EXPECT_EQ(adjust.reference + " " + adjust.why + " " + adjust.by, "fix-7 charged twice wang");
  const auto service =
      read<BuyService>("POST", "/accounts/acme/service",
                       R"({"service": "courier", "reference": "invoice-77", "by": "wang"})");
  EXPECT_EQ(service.service + " " + service.reference + " " + service.by,
            "courier invoice-77 wang");
  const char* const by_hand = R"({"why": "paid", "by": "wang"})";
  EXPECT_EQ(read<CloseAccount>("POST", "/accounts/acme/close", by_hand).why, "paid");
  EXPECT_EQ(read<ReinstateAccount>("POST", "/accounts/acme/reinstate", by_hand).by, "wang");
  EXPECT_EQ(read<ShowHistory>("GET", "/accounts/acme/history").name, "acme");
  const auto note = read<AddNote>("POST", std::string("/cdrs/") + kCall + "/notes",
                                  R"({"kind": "called_back", "text": "at ten", "by": "wang"})");
  EXPECT_EQ(note.id.to_string(), kCall);
  EXPECT_EQ(note.kind, cdr::NoteKind::called_back);
  EXPECT_EQ(note.text + " " + note.by, "at ten wang");
  read<ListCalls>("GET", "/calls");
  EXPECT_EQ(read<ShowCall>("GET", std::string("/calls/") + kCall).id.to_string(), kCall);
  EXPECT_EQ(read<HangUpCall>("DELETE", std::string("/calls/") + kCall).id.to_string(), kCall);
  EXPECT_EQ(read<ShowCdr>("GET", std::string("/cdrs/") + kCall).id.to_string(), kCall);
  // An account may be called like a verb.
  EXPECT_EQ(read<ShowAccount>("GET", "/accounts/recharge").name, "recharge");
}

TEST(ReadAsk, refuses_notes_that_say_nothing) {
  const std::string notes = std::string("/cdrs/") + kCall + "/notes";
  const Refused rows[] = {
      {"POST", "/cdrs/1/notes", R"({"kind": "survey", "text": "5", "by": "w"})", 400,
       "bad_call_id"},
      {"POST", notes, R"({"kind": "survey", "text": "5"})", 400, "missing_member"},
      {"POST", notes, R"({"kind": "hearsay", "text": "5", "by": "w"})", 400, "bad_note_kind"},
      {"POST", notes, R"({"kind": "survey", "text": "", "by": "w"})", 400, "bad_note"},
      {"POST", notes, R"({"kind": "survey", "text": "a\nb", "by": "w"})", 400, "bad_note"},
      {"POST", notes, R"({"kind": "survey", "text": "5", "by": ""})", 400, "bad_person"},
      {"GET", notes, "", 405, "wrong_method"},
  };
  expect_refused(rows);
}

TEST(ReadAsk, filters_of_cdrs) {
  const auto query =
      read<ListCdrs>("GET",
                     "/cdrs?from=2026-01-01&to=2026-01-31T00:00:00%2B08:00&hotline=4001234567"
                     "&account=acme&caller=+8613900000000&after_seq=17&limit=50&order=oldest")
          .query;
  EXPECT_EQ(query.from, parse_time("2026-01-01", Edge::begin));
  EXPECT_EQ(query.to, parse_time("2026-01-31", Edge::begin));
  EXPECT_EQ(query.hotline, "4001234567");
  EXPECT_EQ(query.account, "acme");
  EXPECT_EQ(query.caller, "+8613900000000");
  EXPECT_EQ(query.after_seq, 17U);
  EXPECT_EQ(query.limit, 50U);
  EXPECT_FALSE(query.newest_first);
}

TEST(ReadAsk, filters_of_place_result_and_phone) {
  const auto query = read<ListCdrs>("GET",
                                    "/cdrs?caller_province=%E6%B1%9F%E8%8B%8F%E7%9C%81"
                                    "&phone_province=withheld&result=refused&phone=desk&rang=li")
                         .query;
  EXPECT_EQ(query.caller_province, "江苏");
  EXPECT_EQ(query.phone_province, "隐藏");
  EXPECT_EQ(query.outcome, cdr::Outcome::refused);
  EXPECT_FALSE(query.cause);
  EXPECT_EQ(query.phone, "desk");
  EXPECT_EQ(query.rang, "li");
  const auto caused = read<ListCdrs>("GET", "/cdrs?result=no_answer").query;
  EXPECT_EQ(caused.cause, Cause::no_answer);
  EXPECT_FALSE(caused.outcome);
  EXPECT_EQ(read<ListLedger>("GET", "/ledger?kind=recharge").query.kind,
            billing::EntryKind::recharge);
  const Refused rows[] = {
      {"GET", "/cdrs?caller_province=Jiangsu", "", 400, "bad_parameter"},
      {"GET", "/cdrs?phone_province=", "", 400, "bad_parameter"},
      {"GET", "/cdrs?result=perhaps", "", 400, "bad_parameter"},
      {"GET", "/cdrs?phone=", "", 400, "bad_parameter"},
      {"GET", "/cdrs?rang=%0a", "", 400, "bad_parameter"},
      {"GET", "/ledger?kind=gift", "", 400, "bad_parameter"},
      {"GET", "/ledger?phone=desk", "", 400, "unknown_parameter"},
  };
  expect_refused(rows);
}

TEST(ReadAsk, filters_have_defaults) {
  const auto query = read<ListLedger>("GET", "/ledger?account=acme").query;
  EXPECT_EQ(query.account, "acme");
  EXPECT_EQ(query.limit, 100U);
  EXPECT_TRUE(query.newest_first);
  EXPECT_FALSE(query.from);
  read<ListCdrs>("GET", "/cdrs?");
}

TEST(ReadAsk, notices) {
  const auto query =
      read<ListNotices>("GET", "/notices?account=acme&pending=1&limit=5&order=oldest").query;
  EXPECT_EQ(query.account, "acme");
  EXPECT_TRUE(query.pending);
  EXPECT_EQ(query.limit, 5U);
  EXPECT_FALSE(query.newest_first);
  EXPECT_FALSE(read<ListNotices>("GET", "/notices").query.pending);
  EXPECT_EQ(read<ResendNotice>("POST", "/notices/17/resend").seq, 17U);
  const Refused rows[] = {
      {"GET", "/notices?pending=yes", "", 400, "bad_parameter"},
      {"GET", "/notices?account=Acme", "", 400, "bad_parameter"},
      {"POST", "/notices/0/resend", "", 400, "bad_notice"},
      {"POST", "/notices/-1/resend", "", 400, "bad_notice"},
      {"POST", "/notices/1x/resend", "", 400, "bad_notice"},
      {"POST", "/notices/9223372036854775808/resend", "", 400, "bad_notice"},
      {"GET", "/notices/1/resend", "", 405, "wrong_method"},
  };
  expect_refused(rows);
}

TEST(ReadAsk, a_reload_may_be_told_to_skip_bad_lines) {
  EXPECT_FALSE(read<Reload>("POST", "/reload").skip_bad);
  EXPECT_FALSE(read<Reload>("POST", "/reload", "{}").skip_bad);
  EXPECT_FALSE(read<Reload>("POST", "/reload", R"({"skip_bad": false})").skip_bad);
  EXPECT_TRUE(read<Reload>("POST", "/reload", R"({"skip_bad": true})").skip_bad);
  const Refused rows[] = {
      {"POST", "/reload", "skip_bad", 400, "bad_json"},
      {"POST", "/reload", "true", 400, "bad_json"},
      {"POST", "/reload", R"({"skip_bad": "true"})", 400, "bad_member"},
      {"POST", "/reload", R"({"skip_bad": 1})", 400, "bad_member"},
      {"POST", "/reload", R"({"skip_good": true})", 400, "unknown_member"},
      {"POST", "/reload", R"({"skip_bad": true, "x": 1})", 400, "unknown_member"},
  };
  expect_refused(rows);
}

TEST(ReadAsk, phones_and_callers) {
  read<ListPhones>("GET", "/phones");
  read<ListBlocks>("GET", "/callers");
  const auto pause = read<PausePhone>(
      "POST", "/phones/pause",
      R"({"hotline": "4001234567", "phone": "desk", "for": "30m", "why": "午饭"})");
  EXPECT_EQ(pause.hotline, "4001234567");
  EXPECT_EQ(pause.phone, "desk");
  EXPECT_EQ(pause.how_long, Seconds(1800));
  EXPECT_EQ(pause.why, "午饭");
  EXPECT_EQ(read<PausePhone>("POST", "/phones/pause",
                             R"({"hotline": "4001234567", "phone": "desk", "for": "", "why": ""})")
                .how_long,
            std::nullopt);
  const auto resume =
      read<ResumePhone>("POST", "/phones/resume", R"({"hotline": "4001234567", "phone": "desk"})");
  EXPECT_EQ(resume.hotline + "/" + resume.phone, "4001234567/desk");
  const auto block = read<BlockCaller>("POST", "/callers/block",
                                       R"({"caller": "139", "for": "7d", "why": "prank calls"})");
  EXPECT_EQ(block.caller, "139");
  EXPECT_EQ(block.how_long, std::chrono::hours(7 * 24));
  EXPECT_EQ(block.why, "prank calls");
  EXPECT_EQ(read<LiftBlock>("POST", "/callers/lift", R"({"caller": "139"})").caller, "139");
  const Refused rows[] = {
      {"POST", "/phones", "", 405, "wrong_method"},
      {"POST", "/phones/pause", "", 400, "bad_json"},
      {"POST", "/phones/pause", R"({"hotline": "1", "phone": "2", "for": "1"})", 400,
       "missing_member"},
      {"POST", "/phones/pause", R"({"hotline": "1", "phone": "2", "for": "1y", "why": ""})", 400,
       "bad_duration"},
      {"POST", "/phones/pause", R"({"hotline": "1", "phone": "2", "for": "1h", "why": "a\nb"})",
       400, "bad_reason"},
      {"POST", "/callers/block", R"({"caller": "1", "for": "", "why": ""})", 400, "bad_duration"},
      {"POST", "/callers/lift", R"({"caller": "1", "x": "2"})", 400, "unknown_member"},
  };
  expect_refused(rows);
}

TEST(ReadAsk, refuses_with_a_code_and_a_hint) {
  const Refused rows[] = {
      {"GET", "", "", 404, "no_such_path"},
      {"GET", "/", "", 404, "no_such_path"},
      {"GET", "/statu", "", 404, "no_such_path"},
      {"GET", "/status/", "", 404, "no_such_path"},
      {"GET", "//status", "", 404, "no_such_path"},
      {"GET", "/accounts/", "", 404, "no_such_path"},
      {"GET", "/accounts/a/b", "", 404, "no_such_path"},
      {"GET", "/../../etc/passwd", "", 404, "no_such_path"},
      {"GET", "http://h/status", "", 404, "no_such_path"},
      {"GET", "*", "", 404, "no_such_path"},
      {"POST", "/status", "", 405, "wrong_method"},
      {"HEAD", "/status", "", 405, "wrong_method"},
      {"get", "/status", "", 405, "wrong_method"},
      {"PUT", "/accounts", "", 405, "wrong_method"},
      {"GET", kRecharge, "", 405, "wrong_method"},
      {"GET", "/status?x=1", "", 400, "unexpected_query"},
      {"GET", "/accounts/..", "", 400, "bad_account_name"},
      {"GET", "/accounts/%2e%2e", "", 400, "bad_account_name"},
      {"GET", "/accounts/ACME", "", 400, "bad_account_name"},
      {"GET", "/calls/1", "", 400, "bad_call_id"},
      {"GET", "/cdrs?from", "", 400, "bad_query"},
      {"GET", "/cdrs?from=%4", "", 400, "bad_query"},
      {"GET", "/cdrs?from=%zz", "", 400, "bad_query"},
      {"GET", "/cdrs?from=%+1", "", 400, "bad_query"},
      {"GET", "/cdrs?limit=1&limit=2", "", 400, "bad_query"},
      {"GET", "/cdrs?&", "", 400, "bad_query"},
      {"GET", "/cdrs?from=today", "", 400, "bad_parameter"},
      {"GET", "/cdrs?limit=0", "", 400, "bad_parameter"},
      {"GET", "/cdrs?limit=1001", "", 400, "bad_parameter"},
      {"GET", "/cdrs?limit=-1", "", 400, "bad_parameter"},
      {"GET", "/cdrs?limit=1x", "", 400, "bad_parameter"},
      {"GET", "/cdrs?after_seq=99999999999999999999", "", 400, "bad_parameter"},
      {"GET", "/cdrs?order=random", "", 400, "bad_parameter"},
      {"GET", "/cdrs?hotline=", "", 400, "bad_parameter"},
      {"GET", "/cdrs?hotline=400%00", "", 400, "bad_parameter"},
      {"GET", "/cdrs?colour=red", "", 400, "unknown_parameter"},
      {"POST", "/reload", R"({"dry_run": 1})", 400, "bad_member"},
      {"GET", "/ledger?hotline=4001234567", "", 400, "unknown_parameter"},
      {"POST", "/accounts", "", 400, "bad_json"},
      {"POST", "/accounts", "name=acme", 400, "bad_json"},
      {"POST", "/accounts", "[]", 400, "bad_json"},
      {"POST", "/accounts", R"({"name": "acme"} x)", 400, "bad_json"},
      {"POST", "/accounts", "{\"name\": \"\xff\"}", 400, "bad_json"},
      {"POST", "/accounts", std::string(1'000'000, '['), 400, "bad_json"},
      {"POST", "/accounts", "{}", 400, "missing_member"},
      {"POST", "/accounts", R"({"name": 7})", 400, "missing_member"},
      {"POST", "/accounts", R"({"name": ["acme"]})", 400, "missing_member"},
      {"POST", "/accounts", R"({"name": "acme", "x": 1})", 400, "unknown_member"},
      {"POST", "/accounts", R"({"name": "Acme"})", 400, "bad_account_name"},
      {"POST", kRecharge, R"({"amount": "1.00"})", 400, "missing_member"},
      {"POST", kRecharge, R"({"amount": 100, "reference": "r"})", 400, "missing_member"},
      {"POST", kRecharge, R"({"amount": "0.00", "reference": "r"})", 400, "bad_amount"},
      {"POST", kRecharge, R"({"amount": "-1", "reference": "r"})", 400, "bad_amount"},
      {"POST", kRecharge, R"({"amount": "1e3", "reference": "r"})", 400, "bad_amount"},
      {"POST", kRecharge, R"({"amount": "1", "reference": ""})", 400, "bad_reference"},
      {"POST", kRecharge, R"({"amount": "1", "reference": "a\u0000"})", 400, "bad_reference"},
  };
  expect_refused(rows);
}

TEST(ReadAsk, what_is_done_by_hand_says_who_and_why) {
  const Refused rows[] = {
      {"POST", kAdjust, R"({"amount": "0", "reference": "r", "why": "w", "by": "b"})", 400,
       "bad_amount"},
      {"POST", kAdjust, R"({"amount": "-100000001", "reference": "r", "why": "w", "by": "b"})", 400,
       "bad_amount"},
      {"POST", kAdjust, R"({"amount": "0.0001", "reference": "r", "why": "w", "by": "b"})", 400,
       "bad_amount"},
      {"POST", kAdjust, R"({"amount": "1", "reference": "r", "why": "", "by": "b"})", 400,
       "bad_reason"},
      {"POST", kAdjust, R"({"amount": "1", "reference": "r", "why": "w", "by": ""})", 400,
       "bad_person"},
      {"POST", "/accounts/acme/close", R"({"why": "", "by": "b"})", 400, "bad_reason"},
  };
  expect_refused(rows);
}

TEST(ReadAsk, a_wrong_method_names_the_right_ones) {
  EXPECT_EQ(read_ask("PUT", "/accounts", "").error().allow, "GET, POST");
  EXPECT_EQ(read_ask("POST", std::string("/calls/") + kCall, "").error().allow, "GET, DELETE");
}

}  // namespace
}  // namespace hotline::admin
