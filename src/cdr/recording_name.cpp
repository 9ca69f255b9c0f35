#include "hotline/cdr/recording_name.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "hotline/base/calendar.h"

namespace hotline::cdr {
namespace {

constexpr std::size_t kMostFormBytes = 200;
constexpr std::size_t kMostValueBytes = 64;

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '-' || c == '+';
}

bool is_beyond_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }

// Names of phones may have letters of any script.
std::string cleaned(std::string_view value) {
  std::size_t length = std::min(value.size(), kMostValueBytes);
  // Not in the middle of a letter (RFC 3629 §3).
  while (length < value.size() && length > 0 &&
         (static_cast<unsigned char>(value[length]) & 0xc0) == 0x80) {
    --length;
  }
  std::string text(value.substr(0, length));
  for (char& c : text) c = is_plain(c) || is_beyond_ascii(c) ? c : '_';
  return text;
}

std::string two_digits(long value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

std::string time_of(WallTime when) {
  const std::chrono::hh_mm_ss time(std::chrono::floor<Seconds>(when - begin_of(day_of(when))));
  return two_digits(time.hours().count()) + two_digits(time.minutes().count()) +
         two_digits(time.seconds().count());
}

struct Placeholder {
  std::string_view name;
  std::string (*value)(const RecordingFacts&);
};

constexpr std::array<Placeholder, 6> kPlaceholders{{
    {"{date}", [](const RecordingFacts& facts) { return to_text(day_of(facts.begun)); }},
    {"{time}", [](const RecordingFacts& facts) { return time_of(facts.begun); }},
    {"{hotline}", [](const RecordingFacts& facts) { return cleaned(facts.hotline); }},
    {"{call}", [](const RecordingFacts& facts) { return cleaned(facts.call); }},
    {"{caller}",
     [](const RecordingFacts& facts) {
       return facts.caller.empty() ? std::string("withheld") : cleaned(facts.caller);
     }},
    {"{phone}", [](const RecordingFacts& facts) { return cleaned(facts.phone); }},
}};

// The one that a text begins with; null: none.
const Placeholder* placeholder_at(std::string_view text) {
  const auto* const found =
      std::find_if(kPlaceholders.begin(), kPlaceholders.end(),
                   [&](const Placeholder& one) { return text.starts_with(one.name); });
  return found == kPlaceholders.end() ? nullptr : found;
}

// What is wrong with the part of a path between two slashes.
std::optional<std::string> wrong_in_part(std::string_view part) {
  if (part.empty()) return "has an empty part: it is a path below the directory, without “//”";
  if (part.front() == '.') return "has a part that begins with a dot";
  while (!part.empty()) {
    if (const Placeholder* placeholder = placeholder_at(part)) {
      part.remove_prefix(placeholder->name.size());
      continue;
    }
    if (part.front() == '{') {
      const std::string_view name = part.substr(0, part.find('}') + 1);
      return "has no " + std::string(name.empty() ? part : name) +
             "; there are {date}, {time}, {hotline}, {call}, {caller} and {phone}";
    }
    if (!is_plain(part.front()) && !is_beyond_ascii(part.front()) && part.front() != '.') {
      return "may hold letters, digits, “_”, “-”, “+”, “.” and “/”, not “" +
             std::string(part.substr(0, 1)) + "”";
    }
    part.remove_prefix(1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> wrong_in_recording_name(std::string_view form) {
  if (form.size() > kMostFormBytes) {
    return "has " + std::to_string(form.size()) + " bytes; " + std::to_string(kMostFormBytes) +
           " are the most";
  }
  if (!form.ends_with(".wav")) return "does not end with .wav";
  if (form.find("{call}") == std::string_view::npos) {
    return "lacks {call}: two calls would have the same file";
  }
  for (std::string_view rest = form;;) {
    const std::size_t slash = rest.find('/');
    if (auto wrong = wrong_in_part(rest.substr(0, slash))) return wrong;
    if (slash == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(slash + 1);
  }
}

std::string recording_name(std::string_view form, const RecordingFacts& facts) {
  std::string name;
  while (!form.empty()) {
    if (const Placeholder* placeholder = placeholder_at(form)) {
      name += placeholder->value(facts);
      form.remove_prefix(placeholder->name.size());
    } else {
      name += form.front();
      form.remove_prefix(1);
    }
  }
  return name;
}

}  // namespace hotline::cdr
