#include "ctl/cdr_export.h"

#include <fstream>

#include "ctl/cdr_csv.h"
#include "ctl/new_file.h"

namespace hotline::ctl {
namespace {

using admin::Json;

constexpr const char* kByteOrderMark = "\xef\xbb\xbf";

bool is_csv(const Session& session, const Export& how) {
  return how.format == "csv" && !session.options.json;
}

// Writes every page.
// Returns: the exit code.
int write_records(Session& session, bool csv, std::ostream& out,
                  const std::function<std::string(const std::string&)>& target_after,
                  std::size_t& written) {
  for (std::string after;;) {
    const auto page = session.office.ask("GET", target_after(after));
    if (!page) return show_unreachable(session, page.error());
    if (page->is_refusal()) return show_problem(session, *page);
    for (const Json& record : page->body.at("cdrs")) {
      out << (csv ? cdr_csv_line(record) : admin::to_text(record) + "\n");
      ++written;
    }
    const Json& next = page->body.at("next");
    if (next.is_null() || !out) return kDone;
    after = next.at("after_seq").dump();
  }
}

int cannot_write(Session& session, const std::string& what) {
  return show_problem(session, admin::refusal(500, "cannot_write", what,
                                              "see that there is room, and that this user may "
                                              "write there"));
}

}  // namespace

int export_cdrs(Session& session, const Export& how,
                const std::function<std::string(const std::string&)>& target_after) {
  const bool csv = is_csv(session, how);
  NewFile file(how.file);
  if (!file.is_open()) return cannot_write(session, "cannot write beside " + how.file);
  std::ostream& out = how.file.empty() ? session.out : file.stream();

  if (csv) out << (how.bom ? kByteOrderMark : "") << cdr_csv_header();
  std::size_t written = 0;
  if (const int exit = write_records(session, csv, out, target_after, written); exit != kDone) {
    return exit;
  }
  if (!out.flush()) return cannot_write(session, "the export could not be written");
  if (how.file.empty()) return kDone;
  if (!file.keep()) return cannot_write(session, "cannot write " + how.file);
  session.err << written << " records in " << how.file << '\n';
  return kDone;
}

}  // namespace hotline::ctl
