// Money by hand, and what a hand does to an account.
#include <numeric>
#include <utility>

#include "hotline/billing/ledger.h"

#include "server/clock.h"
#include "server/live_desk.h"
#include "server/server.h"

namespace hotline::server {

using admin::Reply;

bool LiveDesk::is_open(const std::string& account, const Reply& reply) const {
  const billing::Book* book = server_.switchboard().accounts().find(account);
  if (book == nullptr) {
    reply(admin::no_such_account(account));
  } else if (book->standing.state == billing::AccountState::closed) {
    reply(admin::account_closed(account));
  } else {
    return true;
  }
  return false;
}

void LiveDesk::book(std::vector<billing::LedgerEntry> entries, Reply reply) {
  const billing::LedgerEntry last = entries.back();
  if (!is_open(last.account, reply)) return;
  const Money total =
      std::accumulate(entries.begin(), entries.end(), Money(),
                      [](Money sum, const billing::LedgerEntry& one) { return sum + one.amount; });
  const auto done = [this, last, total, reply = std::move(reply)](ports::Applied applied) {
    if (applied == ports::Applied::now) {
      server_.switchboard().moved(last.account, total, last.kind, read_clock());
    }
    with_account(last.account, [applied, last, reply](const auto& account) {
      reply(account ? admin::booked(applied, last.reference, *account) : account.error());
    });
  };
  server_.writer().append(std::move(entries), done);
}

void LiveDesk::answer(const admin::Recharge& ask, Reply reply) {
  server_.loop().post([this, ask, reply = std::move(reply)]() mutable {
    book({billing::recharge(ask.account, ask.amount, ask.reference, read_clock().wall)},
         std::move(reply));
  });
}

void LiveDesk::answer(const admin::Adjust& ask, Reply reply) {
  server_.loop().post([this, ask, reply = std::move(reply)]() mutable {
    book({billing::adjustment(ask.account, ask.amount, ask.reference, ask.by, ask.why,
                              read_clock().wall)},
         std::move(reply));
  });
}

void LiveDesk::answer(const admin::BuyService& ask, Reply reply) {
  server_.loop().post([this, ask, reply = std::move(reply)]() mutable {
    const auto& services = server_.switchboard().snapshot().services;
    const auto service = services.find(ask.service);
    if (service == services.end()) {
      std::string known;
      for (const auto& [name, one] : services) known += (known.empty() ? "" : ", ") + name;
      return reply(admin::no_such_service(ask.service, known));
    }
    book(billing::service_entries(ask.account, service->second, ask.reference, ask.by,
                                  read_clock().wall),
         std::move(reply));
  });
}

void LiveDesk::answer(const admin::CloseAccount& ask, Reply reply) {
  server_.loop().post([this, ask, reply = std::move(reply)] {
    if (!is_open(ask.account, reply)) return;
    server_.switchboard().close_account(ask.account,
                                        {{}, read_clock().wall, {}, "closed", ask.by, ask.why});
    show_changed(ask.account, reply);
  });
}

void LiveDesk::answer(const admin::ReinstateAccount& ask, Reply reply) {
  server_.loop().post([this, ask, reply = std::move(reply)] {
    if (!is_open(ask.account, reply)) return;
    if (!server_.switchboard().reinstate_account(
            ask.account, {{}, read_clock().wall, {}, "reinstated", ask.by, ask.why})) {
      return reply(admin::not_reinstated(ask.account));
    }
    show_changed(ask.account, reply);
  });
}

// The account, once what was asked of the writer before is durable.
void LiveDesk::show_changed(const std::string& name, const Reply& reply) {
  server_.writer().flush([this, name, reply](ports::Applied applied) {
    if (applied == ports::Applied::failed) return reply(admin::not_durable_yet());
    with_account(name, [reply](const auto& account) {
      reply(account ? admin::shown(*account) : account.error());
    });
  });
}

}  // namespace hotline::server
