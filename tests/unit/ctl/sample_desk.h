// A desk with a few calls and accounts, and a server for it on a socket of its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "admin/records_json.h"
#include "admin/server.h"
#include "support/records.h"

namespace hotline::ctl {

using support::kThen;
inline constexpr const char* kCall = "01900000-0001-7000-8000-000000000001";

inline cdr::Filed sample_record(std::uint64_t seq) {
  cdr::Filed filed = support::answered_call(seq);
  auto& record = filed.record;
  record.caller_raw = "=cmd()";
  record.city = "苏州";
  record.area_code = "0512";
  record.presented = "013900000000";
  record.answered_by = "li";
  record.trace =
      "hotline.toml:3 blacklist nuisance: not listed\nhotlines/4001234567.toml:31 "
      "route east: matched\n";
  record.attempts = {
      {"desk", kThen, Milliseconds(300), cdr::AttemptResult::busy, 486},
      {"li", kThen + Milliseconds(300), Milliseconds(1200), cdr::AttemptResult::answered, 200},
  };
  return filed;
}

inline admin::PhoneView sample_phone(bool paused) {
  admin::PhoneView view{
      "4001234567", paused ? "li" : "desk", "unicom/02161234567", 30, 2, paused, std::nullopt, ""};
  if (paused) view.paused_until = kThen + std::chrono::minutes(30);
  if (paused) view.why = "午饭";
  return view;
}

inline admin::BlockView sample_block(const std::string& why) {
  return {"+8613900000000", kThen, kThen + std::chrono::hours(24), why};
}

// The first is delivered, the second has failed.
inline billing::KeptNotice sample_notice(std::uint64_t seq) {
  billing::KeptNotice kept;
  kept.seq = seq;
  kept.notice = billing::balance_notice(billing::NoticeKind::suspended, "acme",
                                        Money::from_li(14'900), Money::from_li(15'000), kThen);
  if (seq == 1) {
    kept.sent = kThen + Milliseconds(1500);
  } else {
    kept.next = kThen + Seconds(240);
    kept.tries = 3;
    kept.error = "/bin/tell: exit status 7: no\nroute";
  }
  return kept;
}

class SampleDesk final : public admin::Desk {
 public:
  void answer(const admin::GetStatus&, admin::Reply reply) override {
    admin::StatusView view;
    view.state = "running";
    view.since = view.snapshot.loaded = kThen;
    view.version = "0.1.0";
    view.calls = 2;
    view.snapshot.hotlines = 12;
    view.snapshot.trunks = 1;
    view.trunks = {{"unicom",
                    "up",
                    2,
                    {{"udp:192.0.2.1:5060", "down", "silent", kThen},
                     {"udp:192.0.2.2:5060", "up", "200", kThen}}},
                   {"in", "unknown", 0, {}}};
    view.counters = {{"strangers", 3}};
    view.warnings = {"no calendar for 2027"};
    view.config_dir = config_dir;
    view.state_dir = state_dir;
    reply({.body = status.is_null() ? admin::to_json(view) : status});
  }
  void answer(const admin::Reload& ask, admin::Reply reply) override {
    if (ask.dry_run) {
      return reply(admin::reloaded({12, 1, kThen, 4},
                                   {true,
                                    "1 phone added: phone li of 4001234567 added",
                                    {{"added", "phone", "li", "4001234567", "a.toml", {}}},
                                    {"[server] listen"}},
                                   {}));
    }
    if (ask.skip_bad) {
      return reply(
          admin::reloaded({12, 1, kThen}, {false, "nothing changed", {}, {}},
                          {{"lists/a.txt", 7, 1, "\"x\" is no phone number; left out", true}}));
    }
    if (reloads)
      return reply(admin::reloaded({3, 1, kThen}, {false, "nothing changed", {}, {}}, {}));
    reply(admin::not_reloaded({{"hotline.toml", 3, 8, "unknown key \"lissten\"", false}}));
  }
  void answer(const admin::ListAccounts&, admin::Reply reply) override {
    reply(admin::account_list({acme(), {"beta", kThen, Money(), Money()}}));
  }
  void answer(const admin::ShowAccount& ask, admin::Reply reply) override {
    if (ask.name != "acme") return reply(admin::no_such_account(ask.name));
    reply(admin::shown(acme()));
  }
  void answer(const admin::OpenAccount&, admin::Reply reply) override {
    reply(admin::opened(ports::Applied::now, acme()));
  }
  void answer(const admin::Recharge& ask, admin::Reply reply) override {
    const auto applied = ask.reference == "used" ? ports::Applied::conflict : ports::Applied::now;
    reply(admin::booked(applied, ask.reference, acme()));
  }
  void answer(const admin::Adjust& ask, admin::Reply reply) override {
    reply(admin::booked(ports::Applied::now, ask.reference, acme()));
  }
  void answer(const admin::BuyService& ask, admin::Reply reply) override {
    if (ask.service != "courier") return reply(admin::no_such_service(ask.service, "courier"));
    reply(admin::booked(ports::Applied::now, ask.reference, acme()));
  }
  void answer(const admin::CloseAccount& ask, admin::Reply reply) override {
    reply(admin::account_closed(ask.account));
  }
  void answer(const admin::ReinstateAccount& ask, admin::Reply reply) override {
    reply(admin::not_reinstated(ask.account));
  }
  void answer(const admin::ShowHistory&, admin::Reply reply) override {
    reply(admin::history(
        {{"acme", kThen, billing::AccountState::open, "opened", "", ""},
         {"acme", kThen + Seconds(1), billing::AccountState::closed, "closed", "wang", "moved"}}));
  }
  void answer(const admin::ListCalls&, admin::Reply reply) override {
    reply(admin::call_list({call()}));
  }
  void answer(const admin::ShowCall&, admin::Reply reply) override { reply(admin::shown(call())); }
  void answer(const admin::HangUpCall& ask, admin::Reply reply) override {
    reply(admin::no_such_call(ask.id));
  }
  void answer(const admin::ListPhones&, admin::Reply reply) override {
    reply(admin::phone_list(phones));
  }
  void answer(const admin::PausePhone&, admin::Reply reply) override {
    reply(admin::shown(sample_phone(true)));
  }
  void answer(const admin::ResumePhone&, admin::Reply reply) override {
    reply(admin::shown(sample_phone(false)));
  }
  void answer(const admin::ListBlocks&, admin::Reply reply) override {
    reply(admin::block_list({sample_block("prank calls")}));
  }
  void answer(const admin::BlockCaller& ask, admin::Reply reply) override {
    reply(admin::shown(sample_block(ask.why)));
  }
  void answer(const admin::LiftBlock&, admin::Reply reply) override {
    reply(admin::shown(sample_block("")));
  }
  void answer(const admin::ListCdrs& ask, admin::Reply reply) override {
    asked.push_back(ask.query);
    if (asked.size() > fail_after) return reply(admin::store_failed());
    std::vector<cdr::Filed> page;
    for (auto seq = ask.query.after_seq + 1; seq <= records && page.size() < ask.query.limit;
         ++seq) {
      page.push_back(sample_record(seq));
    }
    reply(admin::cdr_page(page, ask.query));
  }
  void answer(const admin::ShowCdr&, admin::Reply reply) override {
    cdr::Filed filed = sample_record(7);
    filed.notes = {{kThen, cdr::NoteKind::called_back, "十点", "wang"}};
    reply(admin::shown(filed));
  }
  void answer(const admin::AddNote& ask, admin::Reply reply) override {
    reply(admin::noted(ask.text == "again" ? ports::Applied::before : ports::Applied::now, ask.id));
  }
  void answer(const admin::ListLedger& ask, admin::Reply reply) override {
    const billing::LedgerEntry entry{"recharge:r1", billing::EntryKind::recharge, "acme",
                                     "r1",          Money::from_li(100'000),      kThen};
    reply(admin::ledger_page({{1, entry, Money::from_li(100'000)}}, ask.query));
  }

  void answer(const admin::ListNotices& ask, admin::Reply reply) override {
    reply(admin::notice_page({sample_notice(2), sample_notice(1)}, ask.query));
  }
  void answer(const admin::ResendNotice& ask, admin::Reply reply) override {
    reply(ask.seq > 2 ? admin::no_such_notice(ask.seq) : admin::shown(sample_notice(ask.seq)));
  }

  // Set before the server starts, read after it ended.
  admin::Json status;  // null: the usual one
  std::string config_dir;
  std::string state_dir;
  bool reloads = false;
  std::vector<admin::PhoneView> phones = {sample_phone(false), sample_phone(true)};
  std::uint64_t records = 3;
  std::size_t fail_after = SIZE_MAX;  // pages of records
  std::vector<cdr::Query> asked;

 private:
  static admin::AccountView acme() {
    return {
        "acme", kThen, Money::from_li(100'000), Money::from_li(300), billing::AccountState::active,
        kThen};
  }
  static admin::CallView call() {
    return {*CallId::parse(kCall),
            "talking",
            "4001234567",
            "acme",
            "+8613900000000",
            "unicom",
            kThen,
            kThen + Milliseconds(1500),
            "desk"};
  }
};

}  // namespace hotline::ctl
