#include "hotline/number/format.h"

#include <algorithm>
#include <array>
#include <utility>

#include "hotline/number/number.h"

namespace hotline::number {
namespace {

constexpr std::string_view kMainland = "86";
constexpr std::size_t kLeastDigits = 7;
constexpr std::size_t kMostDigits = 15;  // of an international number (ITU-T E.164)

constexpr std::array<std::pair<std::string_view, Format>, 6> kWords{{
    {"as_written", Format::as_written},
    {"national", Format::national},
    {"national_0", Format::national_0},
    {"national_bare", Format::national_bare},
    {"e164", Format::e164},
    {"e164_bare", Format::e164_bare},
}};

struct Parts {
  std::string country;
  std::string rest;  // without a trunk 0
};

std::optional<Parts> in_mainland(std::string_view national) {
  const std::string_view bare = strip_carrier_prefix(national);
  if (!mainland_kind(bare)) return std::nullopt;
  return Parts{std::string(kMainland), std::string(bare)};
}

// Errors: nullopt where no country can be told.
std::optional<Parts> read(std::string_view text) {
  std::string digits(text);
  std::erase_if(digits, is_visual_separator);
  std::string_view rest = digits;
  const bool has_plus = rest.starts_with('+');
  if (has_plus) rest.remove_prefix(1);
  if (rest.empty() || rest.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  if (!has_plus) {
    if (auto mainland = in_mainland(rest)) return mainland;
  }
  const bool has_00 = rest.starts_with("00");
  if (has_00) rest.remove_prefix(2);
  if (rest.starts_with(kMainland)) {
    if (auto mainland = in_mainland(rest.substr(kMainland.size()))) return mainland;
    return std::nullopt;
  }
  if ((!has_plus && !has_00) || rest.starts_with('0') || rest.size() < kLeastDigits ||
      rest.size() > kMostDigits) {
    return std::nullopt;
  }
  return Parts{"", std::string(rest)};
}

std::string trunk_0(const Parts& parts, bool mobiles_too) {
  const bool wants = mobiles_too || mainland_kind(parts.rest) == Kind::landline;
  return (wants ? "0" : "") + parts.rest;
}

}  // namespace

std::optional<Format> format_from_string(std::string_view word) {
  const auto* const found = std::find_if(kWords.begin(), kWords.end(),
                                         [word](const auto& entry) { return entry.first == word; });
  if (found == kWords.end()) return std::nullopt;
  return found->second;
}

std::string written_as(std::string_view number, Format format) {
  if (format == Format::as_written) return std::string(number);
  const auto parts = read(number);
  if (!parts) return std::string(number);
  const bool abroad = parts->country.empty();
  switch (format) {
    case Format::national:
      return abroad ? "00" + parts->rest : trunk_0(*parts, false);
    case Format::national_0:
      return abroad ? "00" + parts->rest : trunk_0(*parts, true);
    case Format::national_bare:
      return abroad ? "00" + parts->rest : parts->rest;
    case Format::e164:
      return "+" + parts->country + parts->rest;
    case Format::e164_bare:
      return parts->country + parts->rest;
    case Format::as_written:
      break;
  }
  return std::string(number);
}

}  // namespace hotline::number
