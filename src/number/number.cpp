#include "hotline/number/number.h"

#include <algorithm>
#include <array>

namespace hotline::number {
namespace {

// Countries whose numbers of one length are told by that: none of them begins with 0 or 1, and the
// country strips nothing from them.
struct Plan {
  std::string_view code;
  std::size_t digits;  // behind the code
  Kind kind;
};
constexpr Plan kPlans[] = {{"852", 8, Kind::hongkong},
                           {"853", 8, Kind::macau},
                           {"886", 9, Kind::taiwan},
                           {"1", 10, Kind::abroad}};

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool remove_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string_view without_trunk_0(std::string_view text) {
  remove_prefix(text, "0");
  return text;
}

bool is_mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

// Area code and local number: 10 + 8, 2x + 8, xyz + 7 or 8. No local number begins with 0, 1 or 9.
bool is_landline(std::string_view digits) {
  if (digits.size() < 10 || digits.size() > 11) return false;
  if (digits.starts_with("400") || digits.starts_with("800")) return false;
  const bool short_area = digits.starts_with("10") || digits.starts_with('2');
  if (short_area ? digits.size() != 10 : digits[0] < '3') return false;
  const char local = digits[short_area ? 2 : 3];
  return local >= '2' && local <= '8';
}

std::optional<Number> mainland(std::string_view national, std::string_view raw) {
  national = strip_carrier_prefix(national);
  const auto kind = mainland_kind(national);
  if (!kind) return std::nullopt;
  return Number{*kind, std::string("+86").append(national), std::string(raw)};
}

std::optional<Number> abroad(std::string_view international, std::string_view raw) {
  for (const Plan& plan : kPlans) {
    if (!international.starts_with(plan.code)) continue;
    const std::string_view rest = international.substr(plan.code.size());
    if (rest.size() != plan.digits || rest[0] < '2') return std::nullopt;
    return Number{plan.kind, std::string("+").append(international), std::string(raw)};
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Kind kind) { return kKindWords.at(static_cast<std::size_t>(kind)); }

std::optional<Kind> kind_from_string(std::string_view word) {
  const auto* const found = std::find(kKindWords.begin(), kKindWords.end(), word);
  if (found == kKindWords.end()) return std::nullopt;
  return static_cast<Kind>(found - kKindWords.begin());
}

std::optional<Kind> mainland_kind(std::string_view national) {
  if (!all_digits(national)) return std::nullopt;
  if (is_mobile(national)) return Kind::mobile;
  if (is_landline(national)) return Kind::landline;
  return std::nullopt;
}

std::string_view strip_carrier_prefix(std::string_view national) {
  std::string_view rest = without_trunk_0(national);
  if (mainland_kind(rest)) return rest;
  if (!rest.starts_with("179") || rest.size() < 5) return national;
  rest = without_trunk_0(rest.substr(5));
  return mainland_kind(rest) ? rest : national;
}

std::optional<Number> read_plain(std::string_view raw) {
  std::string_view rest = raw;
  const bool has_plus = remove_prefix(rest, "+");
  if (raw.size() > kMostRaw || !all_digits(rest)) return std::nullopt;
  const bool has_00 = remove_prefix(rest, "00");  // "+00" too: some gateways put a + before it
  const bool international = has_plus || has_00;
  if (!international) {
    if (auto number = mainland(rest, raw)) return number;
  }
  if (remove_prefix(rest, "86")) return mainland(rest, raw);
  return international ? abroad(rest, raw) : std::nullopt;
}

std::optional<std::string> dialled_hotline(std::string_view raw) {
  if (raw.size() > kMostRaw) return std::nullopt;
  std::string text(raw);
  std::erase_if(text, is_visual_separator);
  std::string_view rest = text;
  for (const std::string_view country : {"+86", "0086", "86"}) {
    if (remove_prefix(rest, country)) break;
  }
  rest = without_trunk_0(rest);
  if (rest.size() != 10 || !rest.starts_with("400") || !all_digits(rest)) return std::nullopt;
  return std::string(rest);
}

}  // namespace hotline::number
