// The WHERE of a query, grown condition by condition, with its parameters.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hotline/base/time.h"

#include "store/statement.h"

namespace hotline::store {

class Where {
 public:
  // `condition` has a ? for each value.
  template <class... Values>
  void add(const std::string& condition, Values... values) {
    text_ += " AND " + condition;
    (values_.emplace_back(std::move(values)), ...);
  }
  void add_time(const std::string& condition, std::optional<WallTime> when) {
    if (when) add(condition, std::int64_t{when->time_since_epoch().count()});
  }
  void add_word(const std::string& condition, const std::string& word) {
    if (!word.empty()) add(condition, word);
  }

  // Only records with these numbers, both included.
  void within(std::int64_t first, std::int64_t last) {
    first_ = first;
    last_ = last;
  }
  std::int64_t first() const { return first_; }
  std::int64_t last() const { return last_; }

  std::string text() const { return " WHERE true" + text_; }
  void bind(Run& run) const {
    for (const auto& value : values_) {
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        run.number(*number);
      } else {
        run.text(std::get<std::string>(value));
      }
    }
  }

 private:
  std::string text_;
  std::vector<std::variant<std::int64_t, std::string>> values_;
  std::int64_t first_ = 1;
  std::int64_t last_ = std::numeric_limits<std::int64_t>::max() - 1;
};

}  // namespace hotline::store
