// One run of a prepared statement, and the row it stands on. Columns and parameters are taken in
// order, so that the code reads like the SQL's list of columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::store {

// Binds the parameters one after another, and resets the statement when it goes, whatever
// happened: a statement left in the middle would hold up the commit.
class Run {
 public:
  explicit Run(SQLite::Statement& statement) : statement_(statement) {}
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run() { statement_.tryReset(); }

  // The text is not copied: it must live as long as the run.
  Run& text(const std::string& text);
  Run& text(std::string&&) = delete;
  Run& blob(const std::string& bytes);
  Run& blob(std::string&&) = delete;
  Run& word(std::string_view word);  // copied
  Run& number(std::int64_t number);
  Run& null();
  Run& money(Money money) { return number(money.li()); }
  Run& time(WallTime when) { return number(when.time_since_epoch().count()); }
  Run& time(Instant when) { return number(when.time_since_epoch().count()); }
  Run& time(std::optional<WallTime> when) { return when ? time(*when) : null(); }
  Run& duration(Milliseconds duration) { return number(duration.count()); }
  Run& duration(Seconds duration) { return number(duration.count()); }

  // Returns: how many rows it changed.
  int exec() { return statement_.exec(); }
  // Returns: whether there is a row.
  bool step() { return statement_.executeStep(); }

 private:
  SQLite::Statement& statement_;
  int next_ = 1;
};

// The columns of the statement's row, one after another.
class Row {
 public:
  explicit Row(const SQLite::Statement& statement) : statement_(statement) {}

  std::string text() { return next().getString(); }
  std::int64_t number() { return next().getInt64(); }
  int small_number() { return next().getInt(); }
  Money money() { return Money::from_li(number()); }
  WallTime time() { return WallTime(duration()); }
  std::optional<WallTime> optional_time();
  Instant instant() { return Instant(duration()); }
  Milliseconds duration() { return Milliseconds(number()); }
  Seconds seconds() { return Seconds(number()); }
  bool next_is_null() const { return statement_.isColumnNull(next_); }

 private:
  SQLite::Column next() { return statement_.getColumn(next_++); }

  const SQLite::Statement& statement_;
  int next_ = 0;
};

}  // namespace hotline::store
