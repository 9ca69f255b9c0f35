// Files of call records and of ledger entries, each with its control totals beside it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "ctl/archive.h"
#include "ctl/page.h"

namespace CLI {
class App;
}

namespace hotline::ctl {

inline constexpr int kExportPage = 500;  // rows asked for at once, over the socket

struct Export {
  std::string format = "csv";        // xlsx, jsonl
  std::vector<std::string> columns;  // empty: all
  std::string headers = "en";        // zh
  bool no_bom = false;
  std::string file;  // empty: standard output
  std::chrono::minutes zone = kChinaOffset;
  Conditions filter;  // what was asked for, as the totals say it
};

struct ExportPeriod {
  std::string zone;  // "+08:00"; empty: China's
};
// --from, --to and --zone. `otherwise`: the zone where none is given.
void add_export_period(CLI::App* command, Page& page, ExportPeriod& period,
                       const std::string& otherwise);
// Days become instants of the zone; the pages are as long as an export wants them.
void settle(const ExportPeriod& period, Page& page, const Conditions& conditions, Export& how);

// --format, --columns, --headers, --no-bom and --output. `columns`: what --columns may name.
void add_export_options(CLI::App* command, Export& how, const std::string& columns,
                        bool (*has_column)(const std::string&));

// Write the file, whole or not at all, and FILE.totals.
// Returns: the exit code.
int export_cdrs(Session& session, const Export& how, const Archive::TargetAfter& target_after);
int export_ledger(Session& session, const Export& how, const Archive::TargetAfter& target_after);

}  // namespace hotline::ctl
