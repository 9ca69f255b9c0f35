// What the lists of records and of ledger entries share: a period, and which page of it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ctl/office.h"

namespace CLI {
class App;
}

namespace hotline::ctl {

// What else must hold, by the names that the server has for it; what is empty asks nothing.
using Conditions = std::vector<std::pair<std::string, std::string>>;

struct Page {
  std::string from;
  std::string to;
  std::string after;
  int limit = 20;
  bool oldest = false;

  std::string target(const std::string& path, const Conditions& conditions) const;
};

// --from and --to.
void add_period(CLI::App* command, Page& page);
// The period, --limit, --after and --oldest.
void add_page(CLI::App* command, Page& page);

// Where an answer has a next page, says how to get it.
void hint_at_next(std::ostream& err, const admin::Json& answer);

}  // namespace hotline::ctl
