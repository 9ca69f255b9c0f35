#include "admin/records_json.h"

#include <gtest/gtest.h>

#include "admin/records_from_json.h"
#include "support/records.h"

namespace hotline::admin {
namespace {

using support::answered_call;
using support::kThen;

TEST(RecordsJson, a_call_record) {
  EXPECT_EQ(to_json(answered_call(7)), Json::parse(R"({
    "seq": 7, "id": "01900000-0001-7000-8000-000000000001", "trunk": "unicom",
    "caller_leg_id": "", "phone_leg_id": "", "account": "acme", "hotline": "4001234567",
    "caller_raw": "013900000000", "caller_e164": "+8613900000000", "caller_kind": "",
    "province": "江苏",
    "city": "", "area_code": "", "carrier": "", "presented": "",
    "received": "2026-01-02T03:04:05.678+08:00", "received_ms": 1767294245678,
    "first_ring": null, "first_ring_ms": null,
    "answered": "2026-01-02T03:04:07.178+08:00", "answered_ms": 1767294247178,
    "bridged": "2026-01-02T03:04:07.178+08:00", "bridged_ms": 1767294247178,
    "ended": "2026-01-02T03:05:08.178+08:00", "ended_ms": 1767294308178,
    "ring_ms": 1500, "talk_ms": 61000, "billable_ms": 61000, "billed_s": 120,
    "price_per_min": "0.300", "charge": "0.600",
    "tariff": "0.300 60/60 caller 0.110", "rate": "office", "caller_fee": "0.220",
    "release": {"by": "caller", "cause": "hung_up", "status": 200, "q850": 16},
    "evidence": "bye", "answered_by": "desk", "phone_province": "上海",
    "caller_audio": "in 3050 lost 2 out 3049", "phone_audio": "in 3049 out 3050",
    "menu": "", "waited_ms": 0, "survey": 0, "recording": "", "decided": "",
    "trace": "", "asked": "",
    "attempts": [{"phone": "desk", "started": "2026-01-02T03:04:05.678+08:00",
                  "started_ms": 1767294245678, "rang_ms": 1500, "result": "answered",
                  "status": 200}],
    "calls": 1})"));
}

TEST(RecordsJson, bytes_that_are_no_text_do_not_break_the_answer) {
  cdr::Filed filed = answered_call(7);
  filed.record.caller_raw = "a\xff\n";
  EXPECT_EQ(Json::parse(to_text(to_json(filed))).at("caller_raw"), "a\xef\xbf\xbd\n");
}

TEST(RecordsJson, a_ledger_entry) {
  const billing::Booked booked{
      3,
      {"recharge:r1", billing::EntryKind::recharge, "acme", "r1", Money::from_li(100'000), kThen},
      Money::from_li(99'400)};
  EXPECT_EQ(to_json(booked), Json::parse(R"({
    "seq": 3, "id": "recharge:r1", "kind": "recharge", "account": "acme", "reference": "r1",
    "amount": "100.000", "balance_after": "99.400", "by": "", "why": "",
    "at": "2026-01-02T03:04:05.678+08:00", "at_ms": 1767294245678})"));
}

TEST(RecordsJson, an_account_with_and_without_a_running_server) {
  AccountView account{"acme", kThen, Money::from_li(1000), std::nullopt};
  EXPECT_FALSE(to_json(account).contains("available"));
  account.reserved = Money::from_li(300);
  EXPECT_EQ(to_json(account).at("available"), "0.700");
}

TEST(RecordsJson, a_full_page_names_the_next) {
  cdr::Query query;
  query.limit = 1;
  EXPECT_EQ(cdr_page({answered_call(7)}, query).body.at("next"), Json({{"after_seq", 7}}));
  query.limit = 2;
  EXPECT_TRUE(cdr_page({answered_call(7)}, query).body.at("next").is_null());
  EXPECT_EQ(cdr_page({}, query).body, Json::parse(R"({"cdrs": [], "next": null})"));
}

TEST(RecordsJson, status) {
  StatusView status;
  status.state = "running";
  status.since = status.snapshot.loaded = kThen;
  status.version = "0.1.0";
  status.snapshot.version = 12;
  status.config_dir = "/etc/hotline";
  status.state_dir = "/var/lib/hotline";
  status.refused_reload = {kThen, "signal", 2, "hotline.toml:3:1: unknown key"};
  status.trunks = {{"unicom", "up", 3, {{"udp:192.0.2.1:5060", "down", "silent", kThen}}}};
  status.counters = {{"strangers", 3}};
  status.warnings = {"no calendar for 2027"};
  status.notices = {2, true, "/bin/tell: exit status 7"};
  const Json wanted = Json::parse(R"json({
    "state": "running", "since": "2026-01-02T03:04:05.678+08:00", "since_ms": 1767294245678,
    "version": "0.1.0", "calls": 0,
    "snapshot": {"hotlines": 0, "trunks": 0, "loaded_at": "2026-01-02T03:04:05.678+08:00",
                 "loaded_at_ms": 1767294245678, "version": 12},
    "trunks": [{"name": "unicom", "state": "up", "calls": 3, "gateways": [
      {"address": "udp:192.0.2.1:5060", "state": "down", "why": "silent",
       "since": "2026-01-02T03:04:05.678+08:00", "since_ms": 1767294245678}]}],
    "counters": {"strangers": 3}, "warnings": ["no calendar for 2027"],
    "config_dir": "/etc/hotline", "state_dir": "/var/lib/hotline", "refused_reload": {
      "at": "2026-01-02T03:04:05.678+08:00", "at_ms": 1767294245678, "by": "signal",
      "errors": 2, "first": "hotline.toml:3:1: unknown key"
},
    "notices": {"waiting": 2, "has_command": true, "error": "/bin/tell: exit status 7"}
  })json");
  EXPECT_EQ(to_json(status), wanted);
  status.refused_reload.reset();
  EXPECT_TRUE(to_json(status).at("refused_reload").is_null());
  status.snapshot.version = 0;
  EXPECT_TRUE(to_json(status).at("snapshot").at("version").is_null());
}

TEST(RecordsJson, notices) {
  billing::KeptNotice kept;
  kept.seq = 17;
  kept.notice = billing::line_fee_notice("acme", "4001234567", 1, Day(std::chrono::days(20'575)),
                                         Money::from_li(240'000), Money::from_li(14'900), kThen);
  EXPECT_EQ(message_of(kept.notice), Json::parse(R"({
    "id": "line_fee_due:acme:4001234567:1:2026-05-02", "kind": "line_fee_due",
    "account": "acme", "at": "2026-01-02T03:04:05.678+08:00", "at_ms": 1767294245678,
    "hotline": "4001234567", "line": "1", "due": "2026-05-02", "fee": "240.000",
    "balance": "14.900"})"));
  kept.next = kThen;
  kept.tries = 2;
  kept.error = "exit status 7";
  EXPECT_EQ(to_json(kept), Json::parse(R"({
    "seq": 17, "id": "line_fee_due:acme:4001234567:1:2026-05-02", "kind": "line_fee_due",
    "account": "acme", "says": {"hotline": "4001234567", "line": "1", "due": "2026-05-02",
                                "fee": "240.000", "balance": "14.900"},
    "at": "2026-01-02T03:04:05.678+08:00", "at_ms": 1767294245678, "sent": null, "sent_ms": null,
    "next": "2026-01-02T03:04:05.678+08:00", "next_ms": 1767294245678, "tries": 2,
    "error": "exit status 7"})"));
}

TEST(RecordsJson, changes_are_listed_up_to_a_thousand) {
  const std::vector<ChangeView> changes(
      1001, {"changed", "phone", "li", "4001234567", "hotlines/a.toml", {"lines", "ring_s"}});
  const Json json = change_list("words", changes);
  EXPECT_EQ(json.at("words"), "words");
  EXPECT_EQ(json.at("list").size(), 1000U);
  EXPECT_EQ(json.at("more"), 1);
  EXPECT_EQ(json.at("list").at(0), Json::parse(R"({
    "what": "changed", "kind": "phone", "name": "li", "hotline": "4001234567",
    "file": "hotlines/a.toml", "keys": ["lines", "ring_s"]})"));
  EXPECT_EQ(change_list("", {}).at("list"), Json::array());
}

struct AppliedRow {
  ports::Applied applied;
  int status;
  const char* word;  // "applied", or the error's code
};

TEST(RecordsJson, what_became_of_an_entry) {
  const AppliedRow rows[] = {
      {ports::Applied::now, 200, "now"},
      {ports::Applied::before, 200, "before"},
      {ports::Applied::conflict, 409, "reference_used"},
      {ports::Applied::failed, 503, "store_failed"},
  };
  for (const auto& row : rows) {
    const Answer answer = booked(row.applied, "r", {});
    EXPECT_EQ(answer.status, row.status);
    EXPECT_EQ(answer.is_refusal() ? answer.body.at("error").at("code") : answer.body.at("applied"),
              row.word);
  }
}

TEST(RecordsJson, is_read_back_whole) {
  cdr::Filed filed = answered_call(7);
  filed.record.first_ring = kThen + Milliseconds(3);
  filed.record.trunk = "t";
  filed.record.caller_kind = "mobile";
  filed.record.asked = "turn:1";
  filed.record.calls = 3;
  filed.record.release.by = cdr::Party::operator_;
  const Json json = to_json(filed);
  EXPECT_EQ(to_json(filed_from_json(json)), json);
  filed.record.answered.reset();
  EXPECT_EQ(to_json(filed_from_json(to_json(filed))), to_json(filed));
  const billing::Booked booked{
      3,
      {"c", billing::EntryKind::call_charge, "acme", "r1", Money::from_li(-1), kThen},
      Money::from_li(-99'400)};
  EXPECT_EQ(to_json(booked_from_json(to_json(booked))), to_json(booked));
}

TEST(RecordsJson, of_another_version_is_refused) {
  const Json good = to_json(answered_call(7));
  for (const auto& [name, value] : good.items()) {
    if (name.ends_with("_ms") ? name.starts_with("ended")
                              : name == "charge" || name == "attempts") {
      Json bad = good;
      bad.erase(name);
      EXPECT_THROW(filed_from_json(bad), Json::exception) << name;
    }
  }
  Json bad = good;
  bad["evidence"] = "hearsay";
  EXPECT_THROW(filed_from_json(bad), Json::exception);
}

}  // namespace
}  // namespace hotline::admin
