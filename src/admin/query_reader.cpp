#include "admin/query_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "hotline/region/region.h"

#include "admin/checks.h"

namespace hotline::admin {
namespace {

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];  // a plus stays a plus: numbers and times have them, nothing has spaces
      continue;
    }
    unsigned byte = 0;
    if (i + 2 >= text.size()) return std::nullopt;
    const auto [end, error] = std::from_chars(&text[i + 1], &text[i + 1] + 2, byte, 16);
    if (error != std::errc{} || end != &text[i + 1] + 2) return std::nullopt;
    plain += static_cast<char>(byte);
    i += 2;
  }
  return plain;
}

}  // namespace

tl::unexpected<Answer> bad(std::string_view code, const std::string& message,
                           const std::string& hint) {
  return tl::make_unexpected(refusal(400, code, message, hint));
}

tl::expected<Params, Answer> read_query(std::string_view text) {
  Params params;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    const auto value =
        equals == std::string_view::npos ? std::nullopt : percent_decoded(pair.substr(equals + 1));
    if (!value || !params.emplace(pair.substr(0, equals), *value).second) {
      return bad("bad_query", "the query is not a list of different key=value pairs",
                 "write it as ?from=2026-01-01&to=2026-01-31, % encoded where needed");
    }
  }
  return params;
}

std::optional<WallTime> QueryReader::time(std::string_view key, Edge edge) {
  const auto text = take(key);
  if (!text) return std::nullopt;
  const auto when = parse_time(*text, edge);
  if (!when) complain(key, kTimeRule);
  return when;
}

std::string QueryReader::checked(std::string_view key, bool (*check)(std::string_view),
                                 std::string_view wanted) {
  const auto text = take(key);
  if (!text) return {};
  if (!check(*text)) complain(key, wanted);
  return *text;
}

std::string QueryReader::province(std::string_view key) {
  const auto text = take(key);
  if (!text) return {};
  const auto province = region::province_named(*text);
  if (!province) complain(key, province_rule(*text));
  return province.value_or("");
}

std::uint64_t QueryReader::number(std::string_view key, std::uint64_t absent, std::uint64_t least,
                                  std::uint64_t most) {
  const auto text = take(key);
  if (!text) return absent;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size() || value < least || value > most) {
    complain(key, "a number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return value;
}

bool QueryReader::newest_first() {
  const auto order = take("order").value_or("newest");
  if (order != "newest" && order != "oldest") complain("order", "newest or oldest");
  return order == "newest";
}

Reading QueryReader::done(Ask ask) {
  if (!problem_ && !params_.empty()) {
    problem_ =
        refusal(400, "unknown_parameter", "this list has no filter " + params_.begin()->first,
                "see hotlinectl cdr list --help and ledger list --help for the filters");
  }
  if (problem_) return tl::make_unexpected(*problem_);
  return ask;
}

std::optional<std::string> QueryReader::take(std::string_view key) {
  const auto found = params_.find(key);
  if (found == params_.end()) return std::nullopt;
  std::string value = std::move(found->second);
  params_.erase(found);
  return value;
}

void QueryReader::complain(std::string_view key, std::string_view wanted) {
  if (problem_) return;
  problem_ = refusal(400, "bad_parameter", std::string(key) + " is not understood",
                     "give " + std::string(wanted));
}

}  // namespace hotline::admin
