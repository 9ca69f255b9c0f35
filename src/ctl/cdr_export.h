// Writes all records of a query, page by page: memory stays small however many there are.
#pragma once

#include <functional>
#include <string>

#include "ctl/command.h"

namespace hotline::ctl {

inline constexpr int kExportPage = 500;  // records asked for at once

struct Export {
  std::string format = "csv";  // or "jsonl"
  bool bom = false;
  std::string file;  // empty: standard output
};

// `target_after` gives the page after a seq; "" for the first.
// Returns: the exit code.
int export_cdrs(Session& session, const Export& how,
                const std::function<std::string(const std::string& after)>& target_after);

}  // namespace hotline::ctl
