#include "numbering/numbering.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

namespace hotline::numbering {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using number::Kind;
using number::Number;

constexpr const char* kHome = "CN";
constexpr int kHongkongCode = 852;
constexpr int kMacauCode = 853;
constexpr int kTaiwanCode = 886;
constexpr std::size_t kShortestFull = 10;  // digits of a mainland number with its area code

constexpr std::array<std::string_view, 6> kWithheldWords = {"anonymous",  "unknown", "unavailable",
                                                            "restricted", "private", "withheld"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view text, std::string_view word) {
  return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                    [](char a, char b) { return lower(a) == b; });
}

bool says_withheld(std::string_view text) {
  return text.empty() || std::any_of(kWithheldWords.begin(), kWithheldWords.end(),
                                     [&](std::string_view word) { return same_word(text, word); });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// The subscriber of a tel: URI (RFC 3966 §3): no scheme, no parameters, a local number behind its
// context (";phone-context=+86"). Other text comes back as it is.
std::string subscriber(std::string_view text) {
  constexpr std::string_view kScheme = "tel:";
  constexpr std::string_view kContext = ";phone-context=+";
  if (same_word(text.substr(0, kScheme.size()), kScheme)) text.remove_prefix(kScheme.size());
  const std::string_view parameters = text.substr(std::min(text.find(';'), text.size()));
  text.remove_suffix(parameters.size());
  const auto context = parameters.find(kContext);
  if (context == std::string_view::npos || text.starts_with('+')) return std::string(text);
  const std::string_view code = parameters.substr(context + kContext.size() - 1);
  return std::string(code.substr(0, code.find(';', 1))).append(text);
}

bool is_dialable(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
  return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

bool parse(std::string_view international, PhoneNumber& parsed) {
  const auto& library = *PhoneNumberUtil::GetInstance();
  const std::string text = "+" + std::string(international);
  return library.Parse(text, kHome, &parsed) == PhoneNumberUtil::NO_PARSING_ERROR;
}

Kind kind_of_country(int code) {
  switch (code) {
    case kHongkongCode:
      return Kind::hongkong;
    case kMacauCode:
      return Kind::macau;
    case kTaiwanCode:
      return Kind::taiwan;
    default:
      return Kind::abroad;
  }
}

// Judged by length alone: numbering plans abroad change faster than the library.
void read_abroad(std::string_view international, Number& number) {
  const auto& library = *PhoneNumberUtil::GetInstance();
  PhoneNumber parsed;
  if (international.starts_with('0')) return;  // no country's code does; the library is lenient
  if (!parse(international, parsed) || !library.IsPossibleNumber(parsed)) return;
  number.kind = kind_of_country(parsed.country_code());
  library.Format(parsed, PhoneNumberUtil::E164, &number.e164);
}

bool read_plain(std::string_view text, Number& number) {
  auto plain = number::read_plain(text);
  if (!plain) return false;
  number.kind = plain->kind;
  number.e164 = std::move(plain->e164);
  return true;
}

// What digits alone do not tell: numbers behind carrier prefixes the library knows (125xx), and
// 400, 800 or service numbers, which have an E.164 form but no place.
void read_others(std::string_view national, Number& number) {
  const auto& library = *PhoneNumberUtil::GetInstance();
  PhoneNumber parsed;
  if (national.size() < kShortestFull || !parse("86" + std::string(national), parsed)) return;
  if (!library.IsValidNumber(parsed)) return;
  std::string significant;
  library.GetNationalSignificantNumber(parsed, &significant);
  if (read_plain("+86" + significant, number)) return;
  library.Format(parsed, PhoneNumberUtil::E164, &number.e164);
}

// `text` is digits, perhaps behind a +.
void read_dialable(std::string_view text, Number& number) {
  if (read_plain(text, number)) return;
  const bool has_plus = text.starts_with('+');
  if (has_plus) text.remove_prefix(1);
  const bool has_00 = text.starts_with("00");
  if (has_00) text.remove_prefix(2);

  if (text.starts_with("86")) {
    read_others(text.substr(2), number);
  } else if (has_plus || has_00) {
    read_abroad(text, number);
  } else {
    read_others(text, number);
  }
}

}  // namespace

number::Number read_caller(std::string_view raw) {
  Number number{Kind::unknown, "", std::string(raw.substr(0, number::kMostRaw))};
  if (raw.size() > number::kMostRaw) return number;
  std::string text = subscriber(trimmed(raw));
  if (says_withheld(text)) {
    number.kind = Kind::withheld;
    return number;
  }
  std::erase_if(text, number::is_visual_separator);
  if (is_dialable(text)) read_dialable(text, number);
  return number;
}

void warm_up() {
  for (const char* const caller : {"+85223456789", "+12025550123"}) read_caller(caller);
}

}  // namespace hotline::numbering
