#include "server/records_desk.h"

#include <algorithm>
#include <vector>

namespace hotline::server {
namespace {

using admin::Answer;

Answer unreadable(const std::string& sentence) {
  return admin::refusal(500, "store_unreadable", "the database cannot be read: " + sentence,
                        "see that the disk is there, and the server's log");
}

admin::AccountView view_of(const store::Account& account) {
  return {account.name, account.opened,         account.balance,
          std::nullopt, account.standing.state, account.standing.since};
}

}  // namespace

Answer RecordsDesk::answer(const admin::ListAccounts&) {
  const auto views = accounts();
  return views ? admin::account_list(*views) : views.error();
}

Answer RecordsDesk::answer(const admin::ShowAccount& ask) {
  const auto found = account(ask.name);
  if (!found) return found.error();
  return admin::shown(*found);
}

Answer RecordsDesk::answer(const admin::ShowHistory& ask) {
  if (const auto found = account(ask.name); !found) return found.error();
  const auto events = reader_.events(ask.name);
  return events ? admin::history(*events) : unreadable(events.error());
}

Answer RecordsDesk::answer(const admin::ListCdrs& ask) {
  std::vector<cdr::Filed> records;
  const auto read = reader_.records(
      ask.query, [&records](const cdr::Filed& record) { records.push_back(record); });
  return read ? admin::cdr_page(records, ask.query) : unreadable(read.error());
}

Answer RecordsDesk::answer(const admin::ShowCdr& ask) {
  const auto record = reader_.record(ask.id);
  if (!record) return unreadable(record.error());
  if (!*record) return admin::no_such_cdr(ask.id);
  return admin::shown(**record);
}

Answer RecordsDesk::answer(const admin::ListLedger& ask) {
  std::vector<billing::Booked> entries;
  const auto read = reader_.entries(
      ask.query, [&entries](const billing::Booked& entry) { entries.push_back(entry); });
  return read ? admin::ledger_page(entries, ask.query) : unreadable(read.error());
}

Answer RecordsDesk::answer(const admin::ListNotices& ask) {
  std::vector<billing::KeptNotice> notices;
  const auto read = reader_.notices(
      ask.query, [&notices](const billing::KeptNotice& kept) { notices.push_back(kept); });
  return read ? admin::notice_page(notices, ask.query) : unreadable(read.error());
}

Answer RecordsDesk::resent(std::uint64_t notice, ports::Applied applied) {
  if (applied == ports::Applied::failed) return admin::store_failed();
  const auto kept = reader_.notice(notice);
  if (!kept) return unreadable(kept.error());
  return *kept ? admin::shown(**kept) : admin::no_such_notice(notice);
}

tl::expected<std::vector<admin::AccountView>, Answer> RecordsDesk::accounts() {
  const auto found = reader_.accounts();
  if (!found) return tl::make_unexpected(unreadable(found.error()));
  std::vector<admin::AccountView> views;
  std::transform(found->begin(), found->end(), std::back_inserter(views), view_of);
  return views;
}

tl::expected<admin::AccountView, Answer> RecordsDesk::account(const std::string& name) {
  const auto all = accounts();
  if (!all) return tl::make_unexpected(all.error());
  const auto found =
      std::find_if(all->begin(), all->end(),
                   [&name](const admin::AccountView& account) { return account.name == name; });
  if (found == all->end()) return tl::make_unexpected(admin::no_such_account(name));
  return *found;
}

}  // namespace hotline::server
