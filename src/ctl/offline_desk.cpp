#include "ctl/offline_desk.h"

#include <mutex>
#include <type_traits>
#include <variant>
#include <vector>

#include "hotline/billing/ledger.h"

#include "store/writer.h"

namespace hotline::ctl {
namespace {

using ports::Applied;

// One request to a writer of its own, waited for until it is durable.
Applied write_through(const std::filesystem::path& database, const Clock& clock,
                      const std::function<void(store::Writer&, store::Done)>& request) {
  std::mutex mutex;
  store::Writer::Works posted;
  Applied result = Applied::failed;
  store::Writer writer(
      database, clock,
      [&](store::Writer::Works works) {
        const std::lock_guard lock(mutex);
        std::move(works.begin(), works.end(), std::back_inserter(posted));
      },
      [](const call::Event&) {});
  request(writer, [&result](Applied applied) { result = applied; });
  writer.stop();
  for (const auto& work : posted) work();
  return result;
}

template <class Wish, class... Wishes>
constexpr bool is_one_of = (std::is_same_v<Wish, Wishes> || ...);

}  // namespace

bool works_offline(const admin::Ask& ask) {
  return std::visit(
      [](const auto& wish) {
        return !is_one_of<std::decay_t<decltype(wish)>, admin::GetStatus, admin::Reload,
                          admin::ListCalls, admin::ShowCall, admin::HangUpCall, admin::ListPhones,
                          admin::PausePhone, admin::ResumePhone, admin::ListBlocks,
                          admin::BlockCaller, admin::LiftBlock, admin::BuyService,
                          admin::CloseAccount, admin::ReinstateAccount>;
      },
      ask);
}

bool only_reads(const admin::Ask& ask) {
  return std::visit(
      [](const auto& wish) {
        return is_one_of<std::decay_t<decltype(wish)>, admin::ListAccounts, admin::ShowAccount,
                         admin::ShowHistory, admin::ListCdrs, admin::ShowCdr, admin::ListLedger,
                         admin::ListNotices>;
      },
      ask);
}

tl::expected<std::unique_ptr<OfflineDesk>, std::string> OfflineDesk::open(
    const std::filesystem::path& state_dir, Clock clock) {
  auto opened = store::open(state_dir);
  if (!opened) return tl::make_unexpected(opened.error());
  auto reader = store::Reader::open(opened->database);
  if (!reader) return tl::make_unexpected(reader.error());
  return std::unique_ptr<OfflineDesk>(
      new OfflineDesk(std::move(*opened), std::move(*reader), std::move(clock)));
}

void OfflineDesk::answer(const admin::OpenAccount& ask, admin::Reply reply) {
  const auto standing = billing::standing_of_new(clock_().wall);
  const Applied applied =
      write_through(opened_.database, clock_, [&](store::Writer& store, store::Done done) {
        store.open_account(ask.name, standing, std::move(done));
      });
  if (applied == Applied::failed) return reply(admin::store_failed());
  const auto account = records_.account(ask.name);
  reply(account ? admin::opened(applied, *account) : account.error());
}

void OfflineDesk::answer(const admin::Recharge& ask, admin::Reply reply) {
  book(billing::recharge(ask.account, ask.amount, ask.reference, clock_().wall), reply);
}

void OfflineDesk::answer(const admin::Adjust& ask, admin::Reply reply) {
  book(billing::adjustment(ask.account, ask.amount, ask.reference, ask.by, ask.why, clock_().wall),
       reply);
}

void OfflineDesk::answer(const admin::AddNote& ask, admin::Reply reply) {
  const cdr::Note note{clock_().wall, ask.kind, ask.text, ask.by};
  const Applied applied =
      write_through(opened_.database, clock_, [&](store::Writer& store, store::Done done) {
        store.add_note(ask.id, note, std::move(done));
      });
  reply(admin::noted(applied, ask.id));
}

// What it does to the account's state, the next start of the server sees to.
void OfflineDesk::book(const billing::LedgerEntry& entry, const admin::Reply& reply) {
  const auto before = records_.account(entry.account);
  if (!before) return reply(before.error());
  if (before->state == billing::AccountState::closed) {
    return reply(admin::account_closed(entry.account));
  }
  const Applied applied = write_through(
      opened_.database, clock_,
      [&](store::Writer& store, store::Done done) { store.append({entry}, std::move(done)); });
  if (applied == Applied::failed) return reply(admin::store_failed());
  const auto account = records_.account(entry.account);
  reply(account ? admin::booked(applied, entry.reference, *account) : account.error());
}

void OfflineDesk::answer(const admin::ResendNotice& ask, admin::Reply reply) {
  const Applied applied =
      write_through(opened_.database, clock_, [&](store::Writer& store, store::Done done) {
        store.resend_notice(ask.seq, std::move(done));
      });
  reply(records_.resent(ask.seq, applied));
}

void OfflineDesk::needs_server(const admin::Reply& reply) {
  reply(admin::refusal(503, "server_stopped", "the server is stopped", "start hotlined"));
}

}  // namespace hotline::ctl
