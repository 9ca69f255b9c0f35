#include "ctl/export.h"

#include <functional>
#include <memory>

#include "admin/records_json.h"
#include "config/digest.h"
#include "ctl/columns.h"
#include "ctl/command.h"
#include "ctl/csv.h"
#include "ctl/csv_cells.h"
#include "ctl/new_file.h"
#include "ctl/text.h"
#include "ctl/totals.h"
#include "ctl/xlsx_cells.h"
#include "ctl/zone.h"

namespace hotline::ctl {
namespace {

bool is_chinese(const Export& how) { return how.headers == "zh"; }

// What is exported, in the words of the totals and of the spreadsheet.
struct Subject {
  const char* name;
  const char* chinese;
};

// One format's file, row by row.
template <class Row>
class RowFile {
 public:
  virtual ~RowFile() = default;
  virtual void add(const Row& row) = 0;
  // Writes what is left. Returns: false where anything could not be written.
  virtual bool finish(const std::vector<Total>& totals) = 0;
};

template <class Row>
void put_row(const std::vector<FileColumn<Row>>& columns, const Row& row, Cells& cells) {
  for (const FileColumn<Row>& column : columns) column.put(row, cells);
  cells.end_row();
}

template <class Row>
class JsonLines final : public RowFile<Row> {
 public:
  explicit JsonLines(std::ostream& out) : out_(out) {}
  void add(const Row& row) override { out_ << admin::to_text(admin::to_json(row)) << '\n'; }
  bool finish(const std::vector<Total>&) override { return !out_.flush().fail(); }

 private:
  std::ostream& out_;
};

template <class Row>
class CsvFile final : public RowFile<Row> {
 public:
  CsvFile(std::ostream& out, const Export& how, std::vector<FileColumn<Row>> columns)
      : out_(out), cells_(out, how.zone), columns_(std::move(columns)) {
    if (!how.no_bom) out << kByteOrderMark;
    for (const FileColumn<Row>& column : columns_) {
      cells_.word(is_chinese(how) ? column.chinese : column.name);
    }
    cells_.end_row();
  }
  void add(const Row& row) override { put_row(columns_, row, cells_); }
  bool finish(const std::vector<Total>&) override {
    cells_.flush();
    return !out_.flush().fail();
  }

 private:
  std::ostream& out_;
  CsvCells cells_;
  std::vector<FileColumn<Row>> columns_;
};

template <class Row>
std::vector<XlsxCells::Title> titles_of(const std::vector<FileColumn<Row>>& columns, bool chinese) {
  std::vector<XlsxCells::Title> titles;
  titles.reserve(columns.size());
  for (const FileColumn<Row>& column : columns) {
    titles.push_back({chinese ? column.chinese : column.name, column.width});
  }
  return titles;
}

template <class Row>
class XlsxFile final : public RowFile<Row> {
 public:
  XlsxFile(const std::string& path, const Export& how, const Subject& subject,
           std::vector<FileColumn<Row>> columns)
      : how_(how),
        cells_(path, is_chinese(how) ? subject.chinese : subject.name,
               titles_of(columns, is_chinese(how)), how.zone),
        columns_(std::move(columns)) {}
  void add(const Row& row) override { put_row(columns_, row, cells_); }

  bool finish(const std::vector<Total>& totals) override {
    const bool chinese = is_chinese(how_);
    cells_.begin_summary(chinese ? "合计" : "totals");
    for (const Total& total : totals) {
      cells_.text(chinese ? total.chinese : total.name);
      if (const auto* money = std::get_if<Money>(&total.value)) {
        cells_.money(*money);
      } else {
        cells_.number(std::get<std::int64_t>(total.value));
      }
      cells_.end_row();
    }
    cells_.end_row();
    for (const auto& [name, value] : how_.filter) {
      cells_.text(name);
      cells_.text(value);
      cells_.end_row();
    }
    return cells_.finish();
  }

 private:
  const Export& how_;
  XlsxCells cells_;
  std::vector<FileColumn<Row>> columns_;
};

template <class Row>
std::unique_ptr<RowFile<Row>> begin_rows(std::ostream& out, const std::string& path,
                                         const Export& how, const Subject& subject,
                                         std::span<const FileColumn<Row>> all) {
  if (how.format == "jsonl") return std::make_unique<JsonLines<Row>>(out);
  auto columns = chosen(all, how.columns);
  if (how.format == "csv") return std::make_unique<CsvFile<Row>>(out, how, std::move(columns));
  return std::make_unique<XlsxFile<Row>>(path, how, subject, std::move(columns));
}

// One fact a line: "name: value".
void write_totals(std::ostream& out, const Export& how, const Subject& subject,
                  const std::vector<Total>& totals, const std::string& sha256) {
  const std::string name = how.file.substr(how.file.rfind('/') + 1);
  out << "file: " << printable(name) << "\nsha256: " << sha256 << "\nof: " << subject.name << '\n';
  for (const auto& [what, value] : how.filter) out << what << ": " << printable(value) << '\n';
  for (const Total& total : totals) out << total.name << ": " << to_text(total) << '\n';
}

// Gives both files their names. Neither stays without the other.
int keep(Session& session, const Export& how, const Subject& subject, NewFile& file,
         const std::vector<Total>& totals) {
  const auto sha256 = config::sha256_of_file(file.draft());
  if (!sha256) return cannot_write(session, "cannot read back what was written for " + how.file);
  NewFile trailer(how.file + ".totals");
  if (!trailer.is_open()) return cannot_write(session, "cannot write " + how.file);
  write_totals(trailer.stream(), how, subject, totals, *sha256);
  if (!file.sync() || !trailer.keep()) return cannot_write(session, "cannot write " + how.file);
  if (!file.keep()) {
    trailer.take_back();
    return cannot_write(session, "cannot write " + how.file);
  }
  session.err << to_text(totals.front()) << ' ' << subject.name << " in " << how.file
              << ", totals in " << how.file << ".totals\n";
  return kDone;
}

template <class Row, class Totals>
int write_export(Session& session, Export how, const Subject& subject,
                 std::span<const FileColumn<Row>> columns,
                 const std::function<int(const std::function<void(const Row&)>&)>& read) {
  if (session.options.json && how.format == "csv") how.format = "jsonl";
  NewFile file(how.file);
  if (!file.is_open()) return cannot_write(session, "cannot write " + how.file);
  std::ostream& out = how.file.empty() ? session.out : file.stream();
  const auto rows = begin_rows(out, file.draft(), how, subject, columns);
  Totals totals;
  const int exit = read([&](const Row& row) {
    totals.add(row);
    rows->add(row);
  });
  if (exit != kDone) return exit;
  if (!rows->finish(totals.list())) {
    return cannot_write(
        session, how.file.empty() ? "the export could not be written" : "cannot write " + how.file);
  }
  return how.file.empty() ? kDone : keep(session, how, subject, file, totals.list());
}

}  // namespace

void add_export_period(CLI::App* command, Page& page, ExportPeriod& period,
                       const std::string& otherwise) {
  add_period(command, page);
  command
      ->add_option("--zone", period.zone,
                   "Where these dates begin and times are shown: +08:00; else " + otherwise)
      ->type_name("OFFSET")
      ->check(checked_by([](const std::string& text) { return parse_zone(text).has_value(); },
                         kZoneRule));
}

void settle(const ExportPeriod& period, Page& page, const Conditions& conditions, Export& how) {
  if (!period.zone.empty()) how.zone = *parse_zone(period.zone);
  page.from = in_zone(page.from, admin::Edge::begin, how.zone);
  page.to = in_zone(page.to, admin::Edge::end, how.zone);
  page.oldest = true;
  page.limit = kExportPage;
  how.filter = {{"zone", admin::to_text(how.zone)}, {"from", page.from}, {"to", page.to}};
  how.filter.insert(how.filter.end(), conditions.begin(), conditions.end());
  std::erase_if(how.filter, [](const auto& one) { return one.second.empty(); });
}

void add_export_options(CLI::App* command, Export& how, const std::string& columns,
                        bool (*has_column)(const std::string&)) {
  command
      ->add_option("--format", how.format,
                   "csv or xlsx for spreadsheets; jsonl for programs: exact, with every attempt")
      ->check(CLI::IsMember({"csv", "xlsx", "jsonl"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  command->add_option("--columns", how.columns, "Only these, in this order: " + columns)
      ->delimiter(',')
      ->type_name("NAME,...")
      ->check(checked_by(has_column, "names of columns, see --help"));
  command->add_option("--headers", how.headers, "Titles of columns in English or Chinese")
      ->check(CLI::IsMember({"en", "zh"}))
      ->type_name("LANGUAGE")
      ->capture_default_str();
  command->add_flag("--no-bom", how.no_bom,
                    "Leave out the byte order mark of CSV, by which Excel knows UTF-8");
  command
      ->add_option("-o,--output", how.file,
                   "Write this file, readable by its owner alone, and FILE.totals; they appear "
                   "when they are whole")
      ->type_name("FILE");
  command->parse_complete_callback([&how, command] {
    if (how.format == "xlsx" && how.file.empty()) {
      throw CLI::ValidationError("--format", "xlsx needs a file: add --output FILE");
    }
    if (how.format == "jsonl" && command->count("--columns") > 0) {
      throw CLI::ValidationError("--columns", "jsonl has all members, always");
    }
  });
}

int export_cdrs(Session& session, const Export& how, const Archive::TargetAfter& target_after) {
  return write_export<cdr::Filed, CdrTotals>(
      session, how, {"records", "话单"}, cdr_columns(),
      [&](const auto& take) { return Archive(session).records(target_after, take); });
}

int export_ledger(Session& session, const Export& how, const Archive::TargetAfter& target_after) {
  return write_export<billing::Booked, LedgerTotals>(
      session, how, {"entries", "账目"}, ledger_columns(),
      [&](const auto& take) { return Archive(session).entries(target_after, take); });
}

}  // namespace hotline::ctl
