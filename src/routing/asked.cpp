// The words of recorded facts: "WORD:NAME=a,b,c", names percent-encoded where they must be.
#include "hotline/routing/asked.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "hotline/base/contract.h"
#include "hotline/routing/hotline.h"

namespace hotline::routing {
namespace {

using To = Answer::To;

struct Word {
  To to;
  std::string_view word;
  int numbers;
};
constexpr std::array<Word, 12> kWords{{{To::turn, "turn", 1},
                                       {To::lines, "lines", 1},
                                       {To::paused, "paused", 0},
                                       {To::history, "history", 3},
                                       {To::last, "last", 1},
                                       {To::live, "live", 1},
                                       {To::blocked, "blocked", 1},
                                       {To::usage, "usage", 2},
                                       {To::spending, "spending", 2},
                                       {To::account, "account", 1},
                                       {To::barred, "barred", 1},
                                       {To::deaf, "deaf", 0}}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].to) != i) return false;
  }
  return true;
}
static_assert(in_order(), "a row for each answer, in order");

bool must_be_coded(char c) { return c == ' ' || c == '=' || c == '%' || c == '\n'; }

void append_name(std::string& text, std::string_view name) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : name) {
    if (!must_be_coded(c)) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += {'%', kHex[byte >> 4], kHex[byte & 0x0f]};
  }
}

// Errors: nullopt where a % is not followed by two digits.
std::optional<std::string> plain_name(std::string_view text) {
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      name += text[i];
      continue;
    }
    unsigned byte = 0;
    if (i + 2 >= text.size()) return std::nullopt;
    const auto [end, error] = std::from_chars(&text[i + 1], &text[i + 1] + 2, byte, 16);
    if (error != std::errc{} || end != &text[i + 1] + 2) return std::nullopt;
    name += static_cast<char>(byte);
    i += 2;
  }
  return name;
}

// "1,2,3" to as many numbers. Errors: false.
bool read_numbers(std::string_view text, int wanted, Answer& answer) {
  const std::array<std::int64_t*, 3> places{&answer.a, &answer.b, &answer.c};
  for (int i = 0; i < wanted; ++i) {
    const std::string_view one = text.substr(0, text.find(','));
    const auto [end, error] =
        std::from_chars(one.data(), one.data() + one.size(), *places[static_cast<std::size_t>(i)]);
    if (error != std::errc{} || end != one.data() + one.size()) return false;
    text.remove_prefix(std::min(text.size(), one.size() + 1));
  }
  return text.empty();
}

std::optional<Answer> read_answer(std::string_view token) {
  const auto equals = token.find('=');
  const std::string_view values =
      equals == std::string_view::npos ? std::string_view() : token.substr(equals + 1);
  const std::string_view front = token.substr(0, equals);
  const auto colon = front.find(':');
  const std::string_view word = front.substr(0, colon);
  for (const Word& known : kWords) {
    if (known.word != word) continue;
    Answer answer;
    answer.to = known.to;
    if (colon != std::string_view::npos) {
      auto name = plain_name(front.substr(colon + 1));
      if (!name) return std::nullopt;
      answer.name = std::move(*name);
    }
    if (!read_numbers(values, known.numbers, answer)) return std::nullopt;
    return answer;
  }
  return std::nullopt;
}

WallTime at(std::int64_t ms) { return WallTime(Milliseconds(ms)); }

// Of these there is one, and its name is a part of the answer.
bool of_the_caller(To to) { return to == To::last || to == To::barred; }

}  // namespace

std::string to_text(const Asked& asked) {
  std::string text;
  for (const Answer& answer : asked) {
    const Word& word = kWords[static_cast<std::size_t>(answer.to)];
    if (!text.empty()) text += ' ';
    text += word.word;
    if (!answer.name.empty()) {
      text += ':';
      append_name(text, answer.name);
    }
    const std::array<std::int64_t, 3> numbers{answer.a, answer.b, answer.c};
    for (int i = 0; i < word.numbers; ++i) {
      text += i == 0 ? '=' : ',';
      text += std::to_string(numbers[static_cast<std::size_t>(i)]);
    }
  }
  return text;
}

Asked asked_from_text(std::string_view text) {
  Asked asked;
  while (!text.empty()) {
    const std::string_view token = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), token.size() + 1));
    if (auto answer = read_answer(token)) asked.push_back(std::move(*answer));
  }
  return asked;
}

RecordedFacts::RecordedFacts(Asked asked, std::uint64_t draw)
    : QuietFacts(draw), asked_(std::move(asked)) {}

const Answer* RecordedFacts::find(To to, std::string_view name) const {
  for (const Answer& answer : asked_) {
    if (answer.to == to && (of_the_caller(to) || answer.name == name)) return &answer;
  }
  return nullptr;
}

std::uint64_t RecordedFacts::turn(const Group& group) const {
  const Answer* answer = find(To::turn, group.key);
  return answer == nullptr ? 0 : static_cast<std::uint64_t>(answer->a);
}

std::uint32_t RecordedFacts::lines_in_use(const Phone& phone) const {
  const Answer* answer = find(To::lines, phone.line_key);
  return answer == nullptr ? 0 : static_cast<std::uint32_t>(answer->a);
}

bool RecordedFacts::is_paused(const Phone& phone) const {
  return find(To::paused, phone.line_key) != nullptr;
}

PhoneHistory RecordedFacts::history(const Phone& phone) const {
  const Answer* answer = find(To::history, phone.line_key);
  if (answer == nullptr) return {};
  return {at(answer->a), at(answer->b), static_cast<std::uint32_t>(answer->c)};
}

std::optional<LastCall> RecordedFacts::last_call(const Hotline&, const number::Number&) const {
  const Answer* answer = find(To::last);
  if (answer == nullptr) return std::nullopt;
  return LastCall{at(answer->a), answer->name};
}

std::uint32_t RecordedFacts::live_calls(const number::Number&) const {
  const Answer* answer = find(To::live);
  return answer == nullptr ? 0 : static_cast<std::uint32_t>(answer->a);
}

std::optional<CallerBlock> RecordedFacts::block_of(const number::Number&) const {
  const Answer* barred = find(To::barred);
  if (barred != nullptr) return CallerBlock{at(barred->a), true, barred->name};
  const Answer* blocked = find(To::blocked);
  return blocked == nullptr ? std::nullopt : std::optional(CallerBlock{at(blocked->a)});
}

Usage RecordedFacts::usage_of_hotline(const Hotline&) const {
  const Answer* answer = find(To::usage);
  if (answer == nullptr) return {};
  return {static_cast<std::uint64_t>(answer->a), Money::from_li(answer->b)};
}

Usage RecordedFacts::usage_of_account(const Hotline&) const {
  const Answer* answer = find(To::spending);
  if (answer == nullptr) return {};
  return {static_cast<std::uint64_t>(answer->a), Money::from_li(answer->b)};
}

AccountState RecordedFacts::account_state(const Hotline&) const {
  const Answer* answer = find(To::account);
  return answer == nullptr ? AccountState::active : static_cast<AccountState>(answer->a);
}

bool RecordedFacts::caller_hears() const { return find(To::deaf) == nullptr; }

std::string_view to_string(AccountState state) {
  switch (state) {
    case AccountState::active:
      return "active";
    case AccountState::low:
      return "low";
    case AccountState::suspended:
      return "suspended";
  }
  HOTLINE_EXPECT(false);
  return {};
}

}  // namespace hotline::routing
