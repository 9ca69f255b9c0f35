// The query of a request: its parameters, taken out one by one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

#include "admin/ask.h"
#include "admin/times.h"

namespace hotline::admin {

using Params = std::map<std::string, std::string, std::less<>>;
using Reading = tl::expected<Ask, Answer>;

// A refusal of what was asked (400).
tl::unexpected<Answer> bad(std::string_view code, const std::string& message,
                           const std::string& hint);

// "from=2026-01-01&to=2026-01-31", % encoded. Errors: the refusal to send.
tl::expected<Params, Answer> read_query(std::string_view text);

// Takes parameters out one by one; what stays is unknown. The first problem is kept.
class QueryReader {
 public:
  explicit QueryReader(Params params) : params_(std::move(params)) {}

  std::optional<WallTime> time(std::string_view key, Edge edge);
  std::string checked(std::string_view key, bool (*check)(std::string_view),
                      std::string_view wanted);
  // In short; loosely written.
  std::string province(std::string_view key);
  std::uint64_t number(std::string_view key, std::uint64_t absent, std::uint64_t least,
                       std::uint64_t most);

  // What every list has: the period, and which page of it.
  template <class Query>
  void period_and_page(Query& query) {
    query.from = time("from", Edge::begin);
    query.to = time("to", Edge::end);
    query.after_seq = number("after_seq", 0, 0, INT64_MAX);
    query.limit = number("limit", query.limit, 1, kMostPage);
    query.newest_first = newest_first();
  }

  // Errors: the first problem, or a parameter nobody took.
  Reading done(Ask ask);

 private:
  static constexpr std::size_t kMostPage = 1000;

  bool newest_first();
  std::optional<std::string> take(std::string_view key);
  void complain(std::string_view key, std::string_view wanted);

  Params params_;
  std::optional<Answer> problem_;
};

}  // namespace hotline::admin
