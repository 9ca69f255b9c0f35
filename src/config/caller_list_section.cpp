// [caller_list.NAME] and the files it names.

#include <memory>
#include <string>

#include "config/lines.h"
#include "config/platform.h"
#include "config/values.h"

namespace hotline::config {
namespace {

constexpr std::size_t kMostDigits = 15;  // of an E.164 number (ITU-T E.164 §6)

void add_number(std::string_view text, Place at, const Context& context, routing::CallerList& list,
                FileProblems& problems) {
  number::Number number = context.read_number(text);
  if (number.e164.empty()) {
    problems.error(at, in_quotes(text) + " is no phone number");
    return;
  }
  list.add_number(std::move(number.e164));
}

void add_prefix(std::string_view text, Place at, routing::CallerList& list,
                FileProblems& problems) {
  const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
  if (!text.starts_with('+') || digits.empty() || digits.size() > kMostDigits ||
      !all_digits(digits)) {
    problems.error(at, in_quotes(text) + " is no prefix; wanted is \"+86170\", 1 to 15 digits");
    return;
  }
  list.add_prefix(std::string(text));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// A number, or a prefix and `*`, on each line; `#` begins a comment.
void add_file(std::string_view text, const Context& context, routing::CallerList& list,
              FileProblems& problems) {
  Lines lines(text);
  while (lines.next()) {
    const std::string_view entry = trimmed(lines.line().substr(0, lines.line().find('#')));
    const Place at{lines.number(), 1};
    if (entry.empty()) continue;
    if (entry.ends_with('*')) {
      add_prefix(entry.substr(0, entry.size() - 1), at, list, problems);
    } else {
      add_number(entry, at, context, list, problems);
    }
  }
}

void read_list(const Reader& section, Loading& loading, routing::CallerList& list,
               FileProblems& problems) {
  for (const Text& number : section.texts("numbers")) {
    add_number(number.value, number.at, loading.context, list, problems);
  }
  for (const Text& prefix : section.texts("prefixes")) {
    add_prefix(prefix.value, prefix.at, list, problems);
  }
  const bool withheld = section.flag("withheld");
  if (withheld) list.add_withheld();
  if (!withheld && !section.has("numbers") && !section.has("prefixes") && !section.has("files")) {
    problems.error(section.at(), section.label() + " names no caller");
  }
  for (const Text& file : section.texts("files")) {
    const auto text = loading.folder.read(file.value, kMostList);
    if (!text) {
      problems.error(file.at, "files: " + in_quotes(file.value) + " " + text.error());
      continue;
    }
    FileProblems inside(loading.problems, file.value);
    add_file(*text, loading.context, list, inside);
  }
}

}  // namespace

void read_caller_lists(const Document& document, Platform& platform, FileProblems& problems,
                       Loading& loading) {
  for (const Reader& section : document.all("caller_list")) {
    const auto name = section_name(section, problems);
    auto list = std::make_shared<routing::CallerList>(name ? name->value : "",
                                                      problems.source(section.at()));
    read_list(section, loading, *list, problems);
    if (name) platform.caller_lists.add(*name, std::move(list), problems);
  }
}

}  // namespace hotline::config
