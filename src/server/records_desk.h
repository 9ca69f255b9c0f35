// Answers about what the database holds: records, ledger, accounts. The running server asks it on
// the admin interface's thread, hotlinectl with the server stopped.
#pragma once

#include <optional>

#include "admin/ask.h"
#include "admin/records_json.h"
#include "store/reader.h"

namespace hotline::server {

// Thread: one at a time. Every answer may take as long as its query does.
class RecordsDesk {
 public:
  explicit RecordsDesk(store::Reader reader) : reader_(std::move(reader)) {}

  admin::Answer answer(const admin::ListAccounts&);
  admin::Answer answer(const admin::ShowAccount& ask);
  admin::Answer answer(const admin::ShowHistory& ask);
  admin::Answer answer(const admin::ListCdrs& ask);
  admin::Answer answer(const admin::ShowCdr& ask);
  admin::Answer answer(const admin::ListLedger& ask);
  admin::Answer answer(const admin::ListNotices& ask);
  // What became of a wish to have it delivered again.
  admin::Answer resent(std::uint64_t notice, ports::Applied applied);

  // All accounts, without what live calls have reserved.
  // Errors: the refusal to send: a database that cannot be read.
  tl::expected<std::vector<admin::AccountView>, admin::Answer> accounts();
  // The account, without what live calls have reserved.
  // Errors: the refusal to send: no such account, or a database that cannot be read.
  tl::expected<admin::AccountView, admin::Answer> account(const std::string& name);

 private:
  store::Reader reader_;
};

}  // namespace hotline::server
