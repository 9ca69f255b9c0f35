// A notice as a row.
#pragma once

#include <string>
#include <string_view>

#include "hotline/billing/notice.h"

#include "store/statement.h"

namespace hotline::store {

// In the order read_notice() takes them.
inline constexpr std::string_view kNoticeColumns =
    "id,at_ms,kind,account,body,sent_ms,next_ms,tries,error";

// What it says, as a JSON object of texts.
std::string body_of(const billing::Notice& notice);
// All but its seq.
// Errors: throws SQLite::Exception where a column holds what no hotlined writes.
void read_notice(Row& row, billing::KeptNotice& kept);

}  // namespace hotline::store
