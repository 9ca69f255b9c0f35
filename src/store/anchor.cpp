#include "store/anchor.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/chain.h"
#include "store/statement.h"

namespace hotline::store {
namespace {

namespace fs = std::filesystem;
using Failure = tl::unexpected<std::string>;

constexpr std::string_view kHeader = "hotline400 anchor 1";
constexpr std::size_t kLongest = 4096;
constexpr const char* kUnfinished = ".new";

// --- the text ------------------------------------------------------------------------------------

// The values of the lines behind the header, in order; each line is "name value".
class Lines {
 public:
  explicit Lines(std::string_view text) : in_(std::string(text)) {
    std::string header;
    good_ = text.ends_with('\n') && std::getline(in_, header) && header == kHeader;
  }

  std::string value(std::string_view name) {
    std::string line;
    good_ = good_ && std::getline(in_, line) && line.starts_with(name) &&
            line.size() > name.size() + 1 && line[name.size()] == ' ';
    return good_ ? line.substr(name.size() + 1) : std::string();
  }
  template <class Value>
  Value take(std::optional<Value> value) {
    good_ = good_ && value.has_value();
    return good_ ? *std::move(value) : Value{};
  }
  bool is_whole() { return good_ && in_.peek() == std::istringstream::traits_type::eof(); }

 private:
  std::istringstream in_;
  bool good_ = false;
};

std::optional<std::int64_t> number_from(const std::string& text) {
  std::int64_t number = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc{} && end == last && number >= 0 ? std::optional(number) : std::nullopt;
}

std::optional<Day> day_from(const std::string& text) {
  if (text.size() != std::string_view("2026-01-02").size()) return std::nullopt;
  const auto year = number_from(text.substr(0, 4));
  const auto month = number_from(text.substr(5, 2));
  const auto day = number_from(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || hotline::to_text(Day(date)) != text) return std::nullopt;
  return Day(date);
}

// --- files ---------------------------------------------------------------------------------------

Failure cannot(const char* what, const fs::path& path) {
  return Failure(std::string("cannot ") + what + " " + path.string() + ": " + std::strerror(errno));
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(file, text.data(), text.size());
    if (put < 0 && errno != EINTR) return false;
    if (put > 0) text.remove_prefix(static_cast<std::size_t>(put));
  }
  return ::fsync(file) == 0;
}

bool sync_directory(const fs::path& path) {
  const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return false;
  const bool done = ::fsync(directory) == 0;
  ::close(directory);
  return done;
}

}  // namespace

std::string to_text(const Anchor& anchor) {
  std::ostringstream out;
  out << kHeader << "\nday " << hotline::to_text(anchor.day) << "\nrecords " << anchor.records
      << "\nrecords_sha256 " << to_hex(anchor.records_hash) << "\nnotes " << anchor.notes
      << "\nnotes_sha256 " << to_hex(anchor.notes_hash) << "\nledger " << anchor.ledger
      << "\nbalances " << anchor.balances.to_yuan() << '\n';
  return out.str();
}

tl::expected<Anchor, std::string> anchor_from_text(std::string_view text) {
  Lines lines(text);
  Anchor anchor;
  anchor.day = lines.take(day_from(lines.value("day")));
  anchor.records = lines.take(number_from(lines.value("records")));
  anchor.records_hash = lines.take(hash_from_hex(lines.value("records_sha256")));
  anchor.notes = lines.take(number_from(lines.value("notes")));
  anchor.notes_hash = lines.take(hash_from_hex(lines.value("notes_sha256")));
  anchor.ledger = lines.take(number_from(lines.value("ledger")));
  anchor.balances = lines.take(Money::parse_yuan(lines.value("balances")));
  if (!lines.is_whole()) return Failure("this is no whole anchor");
  return anchor;
}

fs::path anchors_of(const fs::path& state_dir) { return state_dir / "anchors"; }

tl::expected<std::vector<AnchorFile>, std::string> read_anchors(const fs::path& directory) {
  std::vector<AnchorFile> found;
  std::error_code error;
  if (!fs::exists(directory, error) && !error) return found;
  for (fs::directory_iterator file(directory, error), end; !error && file != end;
       file.increment(error)) {
    const std::string name = file->path().filename().string();
    if (name.starts_with('.') || name.ends_with(kUnfinished)) continue;  // an editor's, or ours
    std::ifstream in(file->path(), std::ios::binary);
    std::string text(kLongest, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    const auto anchor = anchor_from_text(text);
    if (!anchor) return Failure(file->path().string() + ": " + anchor.error());
    found.push_back({file->path(), *anchor});
  }
  if (error) return Failure("cannot read " + directory.string() + ": " + error.message());
  std::sort(found.begin(), found.end(),
            [](const AnchorFile& a, const AnchorFile& b) { return a.path < b.path; });
  return found;
}

tl::expected<void, std::string> write_anchor(const fs::path& directory, const std::string& name,
                                             const Anchor& anchor) {
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return cannot("make", directory);
  const fs::path path = directory / name;
  const fs::path unfinished = path.string() + kUnfinished;
  const int file =
      ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return cannot("write", unfinished);
  const bool written = write_all(file, to_text(anchor));
  if ((::close(file) != 0) || !written) return cannot("write", unfinished);
  if (::rename(unfinished.c_str(), path.c_str()) != 0 || !sync_directory(directory)) {
    return cannot("write", path);
  }
  return {};
}

// --- the database --------------------------------------------------------------------------------

Anchor read_heads(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT records.seq, records.hash, notes.seq, notes.hash,"
                           " (SELECT coalesce(max(seq), 0) FROM ledger),"
                           " (SELECT coalesce(sum(balance_li), 0) FROM account) FROM"
                           " (SELECT max(seq) AS seq, hash FROM cdr_link) AS records,"
                           " (SELECT max(seq) AS seq, hash FROM cdr_note_link) AS notes");
  Anchor anchor;
  if (!select.executeStep()) return anchor;
  Row row(select);
  const bool has_records = !row.next_is_null();
  anchor.records = row.number();
  if (std::string hash = row.text(); has_records) anchor.records_hash = hash;
  const bool has_notes = !row.next_is_null();
  anchor.notes = row.number();
  if (std::string hash = row.text(); has_notes) anchor.notes_hash = hash;
  anchor.ledger = row.number();
  anchor.balances = row.money();
  return anchor;
}

namespace {

void compare(Chain chain, const std::string& what, std::int64_t seq, const Hash& hash,
             std::vector<std::string>& found) {
  const auto link = chain.link_of(seq);
  if (!link) {
    found.push_back("it says there are " + std::to_string(seq) + " " + what +
                    ", the database's chain ends with number " +
                    std::to_string(chain.last_linked()));
  } else if (*link != hash) {
    found.push_back("the hash of number " + std::to_string(seq) + " of the " + what + " is " +
                    to_hex(*link) + " in the database, and " + to_hex(hash) + " in the anchor");
  }
}

}  // namespace

std::vector<std::string> contradictions(SQLite::Database& database, const Anchor& anchor) {
  std::vector<std::string> found;
  compare(Chain::of_records(database), "call records", anchor.records, anchor.records_hash, found);
  compare(Chain::of_notes(database), "notes", anchor.notes, anchor.notes_hash, found);
  const auto last = database.execAndGet("SELECT coalesce(max(seq), 0) FROM ledger").getInt64();
  if (last < anchor.ledger) {
    found.push_back("it says there are " + std::to_string(anchor.ledger) +
                    " ledger entries, the database has " + std::to_string(last));
  }
  return found;
}

}  // namespace hotline::store
