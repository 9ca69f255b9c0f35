#include "server/live_desk.h"

#include <algorithm>

#include "hotline/billing/ledger.h"

#include "server/clock.h"
#include "server/server.h"
#include "server/state_word.h"

namespace hotline::server {
namespace {

using admin::Answer;
using admin::Reply;

admin::CallView view_of(const call::Call& call) {
  const cdr::Record& record = call.record();
  return {record.id,
          std::string(state_word(call.state())),
          record.hotline,
          record.account,
          record.caller_e164.empty() ? record.caller_raw : record.caller_e164,
          record.trunk,
          record.received,
          record.answered,
          record.answered_by,
          call.is_adopted()};
}

}  // namespace

template <class Ask>
void LiveDesk::from_records(const Ask& ask, Reply reply) {
  server_.housekeeping().post(
      [this, ask, reply = std::move(reply)] { reply(records_.answer(ask)); });
}

void LiveDesk::answer(const admin::GetStatus&, Reply reply) {
  server_.loop().post(
      [this, reply = std::move(reply)] { reply({.body = admin::to_json(server_.status())}); });
}

void LiveDesk::answer(const admin::Reload& ask, Reply reply) {
  server_.housekeeping().post([this, ask, reply = std::move(reply)] {
    config::Origin by{config::Origin::How::command, {}, {}};
    if (ask.uid) by = config::by_user(by.how, *ask.uid);
    server_.reload(ask, by, reply);
  });
}

void LiveDesk::answer(const admin::ListAccounts&, Reply reply) {
  server_.housekeeping().post([this, reply = std::move(reply)] {
    auto accounts = records_.accounts();
    if (!accounts) return reply(accounts.error());
    server_.loop().post([this, accounts = std::move(*accounts), reply]() mutable {
      for (admin::AccountView& account : accounts) add_live(account);
      reply(admin::account_list(accounts));
    });
  });
}

void LiveDesk::answer(const admin::ShowAccount& ask, Reply reply) {
  with_account(ask.name, [reply = std::move(reply)](const auto& account) {
    if (!account) return reply(account.error());
    reply(admin::shown(*account));
  });
}

void LiveDesk::answer(const admin::OpenAccount& ask, Reply reply) {
  server_.loop().post([this, name = ask.name, reply = std::move(reply)] {
    const auto standing = billing::standing_of_new(read_clock().wall);
    const auto done = [this, name, standing, reply](ports::Applied applied) {
      if (applied == ports::Applied::now) {
        server_.switchboard().open_account({name, {}, {}, standing});
      }
      with_account(name, [applied, reply](const auto& account) {
        reply(account ? admin::opened(applied, *account) : account.error());
      });
    };
    server_.writer().open_account(name, standing, done);
  });
}

void LiveDesk::answer(const admin::ListCalls&, Reply reply) {
  server_.loop().post([this, reply = std::move(reply)] {
    std::vector<admin::CallView> calls;
    server_.switchboard().each_call(
        [&calls](const call::Call& call) { calls.push_back(view_of(call)); });
    std::sort(calls.begin(), calls.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    reply(admin::call_list(calls));
  });
}

void LiveDesk::answer(const admin::ShowCall& ask, Reply reply) {
  server_.loop().post([this, id = ask.id, reply = std::move(reply)] {
    const call::Call* call = server_.switchboard().find(id);
    if (call == nullptr) return reply(admin::no_such_call(id));
    reply(admin::shown(view_of(*call)));
  });
}

void LiveDesk::answer(const admin::HangUpCall& ask, Reply reply) {
  server_.loop().post([this, id = ask.id, reply = std::move(reply)] {
    const auto ref = server_.switchboard().ref_of(id);
    if (!ref) return reply(admin::no_such_call(id));
    const admin::CallView view = view_of(*server_.switchboard().find(id));
    server_.switchboard().on(call::EndRequested{*ref, Cause::operator_ended}, read_clock());
    reply({.body = {{"hung_up", true}, {"call", admin::to_json(view)}}});
  });
}

void LiveDesk::answer(const admin::ShowHistory& ask, Reply reply) {
  from_records(ask, std::move(reply));
}

void LiveDesk::answer(const admin::ListCdrs& ask, Reply reply) {
  from_records(ask, std::move(reply));
}

void LiveDesk::answer(const admin::ShowCdr& ask, Reply reply) {
  from_records(ask, std::move(reply));
}

void LiveDesk::answer(const admin::AddNote& ask, Reply reply) {
  server_.loop().post([this, ask, reply = std::move(reply)] {
    server_.writer().add_note(
        ask.id, {read_clock().wall, ask.kind, ask.text, ask.by},
        [id = ask.id, reply](ports::Applied applied) { reply(admin::noted(applied, id)); });
  });
}

void LiveDesk::answer(const admin::ListLedger& ask, Reply reply) {
  from_records(ask, std::move(reply));
}

void LiveDesk::answer(const admin::ListNotices& ask, Reply reply) {
  from_records(ask, std::move(reply));
}

void LiveDesk::answer(const admin::ResendNotice& ask, Reply reply) {
  server_.loop().post([this, seq = ask.seq, reply = std::move(reply)] {
    server_.writer().resend_notice(seq, [this, seq, reply](ports::Applied applied) {
      server_.housekeeping().post(
          [this, seq, reply, applied] { reply(records_.resent(seq, applied)); });
    });
  });
}

void LiveDesk::with_account(
    const std::string& name,
    std::function<void(tl::expected<admin::AccountView, admin::Answer>)> use) {
  server_.housekeeping().post([this, name, use = std::move(use)] {
    auto account = records_.account(name);
    server_.loop().post([this, account = std::move(account), use]() mutable {
      if (account) add_live(*account);
      use(std::move(account));
    });
  });
}

void LiveDesk::add_live(admin::AccountView& account) const {
  const billing::Book* book = server_.switchboard().accounts().find(account.name);
  if (book == nullptr) return;
  account.reserved = book->reserved;
  const auto& terms = server_.switchboard().snapshot().terms;
  const auto agreed = terms.find(account.name);
  if (agreed == terms.end()) return;
  const Money missing = billing::missing(*book, agreed->second);
  if (missing > Money()) account.missing = missing;
}

}  // namespace hotline::server
