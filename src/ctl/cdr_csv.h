// A call record as a line of CSV: the columns of cdr::Record, one line a call.
#pragma once

#include <string>

#include "admin/answer.h"

namespace hotline::ctl {

std::string cdr_csv_header();

// Requires: a record as admin::to_json() renders it.
std::string cdr_csv_line(const admin::Json& record);

}  // namespace hotline::ctl
