// A report: rows of one shape, in sections, as a sheet to read or print, as CSV, as XLSX or as JSON
// lines. Row by row, so that it may be of any length.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "hotline/base/money.h"
#include "hotline/base/time.h"

#include "ctl/new_file.h"
#include "ctl/session.h"

namespace CLI {
class App;
}

namespace hotline::ctl {

// A number with three decimals that is no money: a percentage.
struct Thousandths {
  std::int64_t value = 0;
};

// What stands in a cell; nothing: it has none. A word is ours, a text came from outside.
struct Word {
  std::string text;
};
using Value = std::variant<std::monostate, Word, std::string, std::int64_t, Money, Thousandths,
                           Milliseconds, WallTime>;

struct ReportColumn {
  enum class Role {
    left,     // of the sheet to read
    right,    //
    section,  // there: a heading where it changes
    file,     // not there: it is the same in all rows
  };
  const char* name;
  const char* chinese;
  int width;  // characters
  Role role = Role::left;
};

struct ReportForm {
  std::string format = "text";  // csv, xlsx; json, for all commands, is the session's
  std::string headers = "en";   // zh
  bool no_bom = false;
  std::string file;  // empty: standard output

  bool is_chinese() const { return headers == "zh"; }
  // One of two texts.
  const char* say(const char* english, const char* chinese) const {
    return is_chinese() ? chinese : english;
  }
};
// --format, --headers, --no-bom and --output. Requires: `form` outlives the command.
void add_report_form(CLI::App* command, ReportForm& form);

// One format.
class ReportWriter {
 public:
  virtual ~ReportWriter() = default;
  // Of the sheet to read alone.
  virtual void line(const std::string&) {}
  virtual void add(const std::vector<Value>& row) = 0;
  // Returns: false where anything could not be written.
  virtual bool finish() = 0;
};

class Report {
 public:
  // Begins nothing where the file cannot be made: finish() says so. `subject`: what it is called.
  // Requires: `session` and `form` outlive it.
  Report(Session& session, const ReportForm& form, const std::string& subject,
         std::vector<ReportColumn> columns);

  void line(const std::string& text) {
    if (writer_) writer_->line(text);
  }
  // Requires: as many values as columns.
  void add(const std::vector<Value>& row);
  // Gives the file its name. Returns: the exit code; what is wrong has been said.
  int finish();

 private:
  Session& session_;
  const ReportForm& form_;
  std::string subject_;
  std::size_t columns_;
  NewFile file_;
  std::unique_ptr<ReportWriter> writer_;
};

}  // namespace hotline::ctl
