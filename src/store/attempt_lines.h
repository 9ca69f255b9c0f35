// The attempts of an open call as the journal keeps them: one text instead of a row each, for they
// are only read where a server died.
#pragma once

#include <string>
#include <vector>

#include "hotline/cdr/record.h"

namespace hotline::store {

// A line an attempt.
std::string to_lines(const std::vector<cdr::Attempt>& attempts);
// Errors: throws SQLite::Exception where a line is none of to_lines()'s.
std::vector<cdr::Attempt> attempts_from_lines(const std::string& lines);

}  // namespace hotline::store
