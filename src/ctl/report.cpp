#include "ctl/report.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "hotline/base/contract.h"

#include "admin/times.h"
#include "ctl/command.h"
#include "ctl/csv.h"
#include "ctl/csv_cells.h"
#include "ctl/text.h"
#include "ctl/xlsx_cells.h"

namespace hotline::ctl {
namespace {

using admin::Json;
using Columns = std::vector<ReportColumn>;
using Role = ReportColumn::Role;

template <class... Ts>
struct Cases : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Cases(Ts...) -> Cases<Ts...>;

const char* title_of(const ReportColumn& column, bool chinese) {
  return chinese ? column.chinese : column.name;
}

// Without the unit of lengths of time, which are shown in hours there.
std::string title_to_read(const ReportColumn& column, bool chinese) {
  std::string title = title_of(column, chinese);
  for (const std::string unit : {"_ms", "(毫秒)"}) {
    if (title.ends_with(unit)) title.resize(title.size() - unit.size());
  }
  return title;
}

// "12:34:56", what is less than a second dropped.
std::string hours(Milliseconds time) {
  const std::int64_t s = time.count() / 1000;
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%lld:%02d:%02d", static_cast<long long>(s / 3600),
                static_cast<int>(s / 60 % 60), static_cast<int>(s % 60));
  return text.data();
}

// A percentage for people: one decimal, what is less dropped.
std::string tenths(Thousandths number) {
  std::string text = Money::from_li(number.value).to_yuan();
  text.resize(text.size() - 2);
  return text;
}

std::string for_people(const Value& value) {
  return std::visit(Cases{[](std::monostate) { return std::string(); },
                          [](const Word& word) { return word.text; },
                          [](const std::string& text) { return printable(text); },
                          [](std::int64_t number) { return std::to_string(number); },
                          [](Money money) { return money.to_yuan(); },
                          [](Thousandths number) { return tenths(number); },
                          [](Milliseconds time) { return hours(time); },
                          [](WallTime when) { return short_time(Json(admin::to_rfc3339(when))); }},
                    value);
}

void put(const Value& value, Cells& cells) {
  std::visit(Cases{[&](std::monostate) { cells.word(""); },
                   [&](const Word& word) { cells.word(word.text); },
                   [&](const std::string& text) { cells.text(text); },
                   [&](std::int64_t number) { cells.number(number); },
                   [&](Money money) { cells.money(money); },
                   [&](Thousandths number) { cells.money(Money::from_li(number.value)); },
                   [&](Milliseconds time) { cells.number(time.count()); },
                   [&](WallTime when) { cells.time(when); }},
             value);
}

Json to_json(const Value& value) {
  return std::visit(
      Cases{[](std::monostate) { return Json(); }, [](const Word& word) { return Json(word.text); },
            [](const std::string& text) { return Json(text); },
            [](std::int64_t number) { return Json(number); },
            [](Money money) { return Json(money.to_yuan()); },
            [](Thousandths number) { return Json(Money::from_li(number.value).to_yuan()); },
            [](Milliseconds time) { return Json(time.count()); },
            [](WallTime when) { return Json(admin::to_rfc3339(when)); }},
      value);
}

// Columns of fixed widths: what is longer moves its line's rest to the right.
class TextReport final : public ReportWriter {
 public:
  TextReport(std::ostream& out, Columns columns, bool chinese)
      : out_(out), columns_(std::move(columns)) {
    for (const ReportColumn& column : columns_) {
      titles_.push_back(title_to_read(column, chinese));
      has_sections_ = has_sections_ || column.role == Role::section;
    }
  }

  void line(const std::string& text) override { out_ << printable(text) << '\n'; }

  void add(const std::vector<Value>& row) override {
    std::vector<std::string> cells;
    std::string section;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(for_people(row[i]));
      if (columns_[i].role == Role::section) section = cells.back();
    }
    if (!began_ || section != section_) {
      if (began_ || has_sections_) out_ << '\n';
      if (has_sections_) out_ << section << '\n';
      print(titles_);
      began_ = true;
      section_ = section;
    }
    print(cells);
  }

  bool finish() override { return !out_.flush().fail(); }

 private:
  void print(const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Role role = columns_[i].role;
      if (role == Role::section || role == Role::file) continue;
      const auto wanted = static_cast<std::size_t>(columns_[i].width);
      const std::string padding(wanted - std::min(wanted, display_width(cells[i])), ' ');
      text += "  " + (role == Role::right ? padding + cells[i] : cells[i] + padding);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out_ << text << '\n';
  }

  std::ostream& out_;
  Columns columns_;
  std::vector<std::string> titles_;
  bool has_sections_ = false;
  bool began_ = false;
  std::string section_;
};

class CsvReport final : public ReportWriter {
 public:
  CsvReport(std::ostream& out, const Columns& columns, const ReportForm& form)
      : out_(out), cells_(out, kChinaOffset) {
    if (!form.no_bom) out << kByteOrderMark;
    for (const ReportColumn& column : columns) cells_.word(title_of(column, form.is_chinese()));
    cells_.end_row();
  }
  void add(const std::vector<Value>& row) override {
    for (const Value& value : row) put(value, cells_);
    cells_.end_row();
  }
  bool finish() override {
    cells_.flush();
    return !out_.flush().fail();
  }

 private:
  std::ostream& out_;
  CsvCells cells_;
};

class XlsxReport final : public ReportWriter {
 public:
  // The sheet's name is the first word of the subject.
  XlsxReport(const std::string& path, const std::string& subject, const Columns& columns,
             bool chinese)
      : cells_(path, subject.substr(0, subject.find(' ')), titles_of(columns, chinese),
               kChinaOffset) {}
  void add(const std::vector<Value>& row) override {
    for (const Value& value : row) put(value, cells_);
    cells_.end_row();
  }
  bool finish() override { return cells_.finish(); }

 private:
  static std::vector<XlsxCells::Title> titles_of(const Columns& columns, bool chinese) {
    std::vector<XlsxCells::Title> titles;
    for (const ReportColumn& column : columns) {
      titles.push_back({title_of(column, chinese), column.width});
    }
    return titles;
  }

  XlsxCells cells_;
};

class JsonReport final : public ReportWriter {
 public:
  JsonReport(std::ostream& out, Columns columns) : out_(out), columns_(std::move(columns)) {}
  void add(const std::vector<Value>& row) override {
    Json object = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i) object[columns_[i].name] = to_json(row[i]);
    out_ << admin::to_text(object) << '\n';
  }
  bool finish() override { return !out_.flush().fail(); }

 private:
  std::ostream& out_;
  Columns columns_;
};

}  // namespace

void add_report_form(CLI::App* command, ReportForm& form) {
  command
      ->add_option("--format", form.format,
                   "text to read or print; csv or xlsx for spreadsheets; for programs --json, an "
                   "object a line")
      ->check(CLI::IsMember({"text", "csv", "xlsx"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  command->add_option("--headers", form.headers, "In English or Chinese")
      ->check(CLI::IsMember({"en", "zh"}))
      ->type_name("LANGUAGE")
      ->capture_default_str();
  command->add_flag("--no-bom", form.no_bom,
                    "Leave out the byte order mark of CSV, by which Excel knows UTF-8");
  command
      ->add_option("-o,--output", form.file,
                   "Write this file, readable by its owner alone; it appears when it is whole")
      ->type_name("FILE");
  command->parse_complete_callback([&form] {
    if (form.format == "xlsx" && form.file.empty()) {
      throw CLI::ValidationError("--format", "xlsx needs a file: add --output FILE");
    }
  });
}

Report::Report(Session& session, const ReportForm& form, const std::string& subject,
               std::vector<ReportColumn> columns)
    : session_(session),
      form_(form),
      subject_(subject),
      columns_(columns.size()),
      file_(form.file) {
  if (!file_.is_open()) return;
  std::ostream& out = form.file.empty() ? session.out : file_.stream();
  if (session.options.json && form.format == "text") {
    writer_ = std::make_unique<JsonReport>(out, std::move(columns));
  } else if (form.format == "csv") {
    writer_ = std::make_unique<CsvReport>(out, columns, form);
  } else if (form.format == "xlsx") {
    writer_ = std::make_unique<XlsxReport>(file_.draft(), subject, columns, form.is_chinese());
  } else {
    writer_ = std::make_unique<TextReport>(out, std::move(columns), form.is_chinese());
  }
}

void Report::add(const std::vector<Value>& row) {
  HOTLINE_EXPECT(row.size() == columns_);
  if (writer_) writer_->add(row);
}

int Report::finish() {
  const bool to_file = !form_.file.empty();
  if (!writer_ || !writer_->finish() || (to_file && !file_.keep())) {
    return cannot_write(
        session_, to_file ? "cannot write " + form_.file : subject_ + " could not be written");
  }
  if (to_file) session_.err << subject_ << " in " << form_.file << '\n';
  return kDone;
}

}  // namespace hotline::ctl
