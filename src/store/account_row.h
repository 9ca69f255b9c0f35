// An account and its events as rows.
#pragma once

#include <string_view>

#include "hotline/billing/account.h"

#include "store/start.h"
#include "store/statement.h"

namespace hotline::store {

// In the order read_account() takes them.
inline constexpr std::string_view kAccountColumns =
    "name,opened_ms,balance_li,state,since_ms,activated_ms,days_done,months_done";
inline constexpr std::string_view kEventColumns = "account,at_ms,state,cause,by_whom,why";

// Errors: throws SQLite::Exception where a column holds what no hotlined writes.
Account read_account(Row& row);
billing::AccountEvent read_event(Row& row);

}  // namespace hotline::store
