// A tariff as one line of text, as records and the journal keep it.
#include <algorithm>
#include <charconv>
#include <vector>

#include "hotline/billing/tariff.h"

namespace hotline::billing {
namespace {

constexpr std::size_t kMostWords = 64;  // more than any sound tariff has

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty() && words.size() < kMostWords) {
    const auto end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return words;
}

std::optional<Seconds> seconds(std::string_view word) {
  std::int32_t count = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return Seconds(count);
}

// "60/60"
bool read_units(std::string_view word, Tariff& tariff) {
  const auto slash = word.find('/');
  if (slash == std::string_view::npos) return false;
  const auto first = seconds(word.substr(0, slash));
  const auto next = seconds(word.substr(slash + 1));
  if (!first || !next) return false;
  tariff.first = *first;
  tariff.next = *next;
  return true;
}

// One part that begins at words[at], and moves behind it. False: there is none.
bool read_part(const std::vector<std::string_view>& words, std::size_t& at, Tariff& tariff) {
  const std::string_view word = words[at++];
  if (const auto rounding = rounding_from_string(word)) {
    tariff.rounding = *rounding;
    return true;
  }
  if (at == words.size()) return false;
  const std::string_view value = words[at++];
  if (word == "setup" || word == "caller") {
    const auto amount = Money::parse_yuan(value);
    if (amount) (word == "setup" ? tariff.setup_fee : tariff.caller_fee_per_min) = *amount;
    return amount.has_value();
  }
  const auto count = seconds(value);
  if (!count) return false;
  if (word == "free") {
    tariff.free = *count;
    return true;
  }
  if (word != "from" || at == words.size()) return false;
  const auto price = Money::parse_yuan(words[at++]);
  if (price) tariff.steps.push_back({*count, *price});
  return price.has_value();
}

}  // namespace

std::string to_text(const Tariff& tariff) {
  std::string text = tariff.price_per_min.to_yuan() + ' ' + std::to_string(tariff.first.count()) +
                     '/' + std::to_string(tariff.next.count());
  if (tariff.setup_fee != Money()) text += " setup " + tariff.setup_fee.to_yuan();
  if (tariff.free != Seconds(0)) text += " free " + std::to_string(tariff.free.count());
  for (const PriceStep& step : tariff.steps) {
    text += " from " + std::to_string(step.from.count()) + ' ' + step.price_per_min.to_yuan();
  }
  if (tariff.rounding != Rounding::none) text += ' ' + std::string(to_string(tariff.rounding));
  if (tariff.caller_fee_per_min != Money()) {
    text += " caller " + tariff.caller_fee_per_min.to_yuan();
  }
  return text;
}

// Any other spelling of a tariff is none of ours: what is read has to be written the same.
std::optional<Tariff> tariff_from_text(std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  if (words.size() < 2) return std::nullopt;
  Tariff tariff;
  const auto price = Money::parse_yuan(words[0]);
  if (!price || !read_units(words[1], tariff)) return std::nullopt;
  tariff.price_per_min = *price;
  for (std::size_t at = 2; at < words.size();) {
    if (!read_part(words, at, tariff)) return std::nullopt;
  }
  if (!is_sound(tariff) || to_text(tariff) != text) return std::nullopt;
  return tariff;
}

}  // namespace hotline::billing
