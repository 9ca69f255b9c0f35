// The problems of a configuration, one line each.
#pragma once

#include <ostream>

#include "admin/records_json.h"

namespace hotline::ctl {

// "hotlines/4001234567.toml:12:8: error: unknown key …" for each of body's "problems", where it
// has any.
void print_problems(std::ostream& out, const admin::Json& body);

}  // namespace hotline::ctl
