#include "admin/times.h"

#include <chrono>

namespace hotline::admin {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr minutes kChina = kChinaOffset;

// Reads fixed-width fields from the front of a text; remembers whether any was missing.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}

  int digits(std::size_t count) {
    if (rest_.size() < count) return fail();
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return fail();
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect(char c) { ok_ = take(c) && ok_; }
  bool at_end() const { return rest_.empty(); }
  bool ok() const { return ok_; }
  std::size_t digits_ahead() const {
    const auto end = rest_.find_first_not_of("0123456789");
    return end == std::string_view::npos ? rest_.size() : end;
  }

 private:
  int fail() {
    ok_ = false;
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

std::optional<sys_days> read_date(Fields& fields) {
  const int y = fields.digits(4);
  fields.expect('-');
  const int m = fields.digits(2);
  fields.expect('-');
  const int d = fields.digits(2);
  const year_month_day date{year(y), month(static_cast<unsigned>(m)),
                            day(static_cast<unsigned>(d))};
  if (!fields.ok() || !date.ok()) return std::nullopt;
  return sys_days(date);
}

std::optional<milliseconds> read_time_of_day(Fields& fields) {
  const int h = fields.digits(2);
  fields.expect(':');
  const int m = fields.digits(2);
  fields.expect(':');
  const int s = fields.digits(2);
  int ms = 0;
  if (fields.take('.')) {
    const std::size_t count = fields.digits_ahead();
    if (count < 1 || count > 3) return std::nullopt;
    ms = fields.digits(count);
    for (std::size_t i = count; i < 3; ++i) ms *= 10;
  }
  if (!fields.ok() || h > 23 || m > 59 || s > 59) return std::nullopt;
  return hours(h) + minutes(m) + seconds(s) + milliseconds(ms);
}

std::optional<minutes> read_offset(Fields& fields) {
  if (fields.take('Z')) return minutes(0);
  const bool west = fields.take('-');
  if (!west) fields.expect('+');
  const int h = fields.digits(2);
  fields.expect(':');
  const int m = fields.digits(2);
  if (!fields.ok() || h > 23 || m > 59) return std::nullopt;
  const minutes offset = hours(h) + minutes(m);
  return west ? -offset : offset;
}

// With leading zeros. Requires: a number of no more digits, not negative.
void append_digits(std::string& text, int number, std::size_t digits) {
  const std::string all = std::to_string(number);
  text.append(digits > all.size() ? digits - all.size() : 0, '0') += all;
}

}  // namespace

std::string to_rfc3339(WallTime when, minutes offset) {
  const WallTime local = when + offset;
  const auto midnight = floor<days>(local);
  const year_month_day date(midnight);
  const hh_mm_ss time(local - midnight);
  std::string text;
  append_digits(text, static_cast<int>(date.year()), 4);
  append_digits(text += '-', static_cast<int>(static_cast<unsigned>(date.month())), 2);
  append_digits(text += '-', static_cast<int>(static_cast<unsigned>(date.day())), 2);
  append_digits(text += 'T', static_cast<int>(time.hours().count()), 2);
  append_digits(text += ':', static_cast<int>(time.minutes().count()), 2);
  append_digits(text += ':', static_cast<int>(time.seconds().count()), 2);
  append_digits(text += '.', static_cast<int>(time.subseconds().count()), 3);
  return text + to_text(offset);
}

std::string to_text(minutes offset) {
  const auto length = static_cast<int>(std::chrono::abs(offset).count());
  std::string text(1, offset < minutes(0) ? '-' : '+');
  append_digits(text, length / 60, 2);
  append_digits(text += ':', length % 60, 2);
  return text;
}

std::optional<WallTime> parse_time(std::string_view text, Edge edge) {
  Fields fields(text);
  const auto date = read_date(fields);
  if (!date) return std::nullopt;
  if (fields.at_end()) return WallTime(*date) - kChina + days(edge == Edge::end ? 1 : 0);

  fields.expect('T');
  const auto time = read_time_of_day(fields);
  if (!time) return std::nullopt;
  const auto offset = read_offset(fields);
  if (!offset || !fields.at_end()) return std::nullopt;
  return WallTime(*date) + *time - *offset;
}

}  // namespace hotline::admin
