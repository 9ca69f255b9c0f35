// [caller_list.NAME] and the files it names.

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "config/lines.h"
#include "config/platform.h"
#include "config/values.h"

namespace hotline::config {
namespace {

using routing::CallerList;

constexpr std::size_t kMostToldOfFile = 20;

// Why an entry is none, in a sentence.
using Added = tl::expected<void, std::string>;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// "1,234".
std::string grouped(std::size_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

// One list while it is read.
class Entries {
 public:
  Entries(CallerList& list, const Context& context) : list_(list), context_(context) {}

  Added add_number(std::string_view text) {
    const number::Number number = context_.read_number(text);
    if (number.e164.empty()) return tl::unexpected(in_quotes(text) + " is no phone number");
    if (number.e164.size() > 1 + CallerList::kMostDigits) {
      return tl::unexpected(in_quotes(text) + " has more than 15 digits with its country");
    }
    if (has_room()) list_.add_number(number.e164);
    return {};
  }

  Added add_prefix(std::string_view text) {
    const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
    if (!text.starts_with('+') || digits.empty() || digits.size() > CallerList::kMostDigits ||
        !all_digits(digits)) {
      return tl::unexpected(in_quotes(text) +
                            " is no prefix; wanted is \"+86170\", 1 to 15 digits");
    }
    if (has_room()) list_.add_prefix(text);
    return {};
  }

  // A number, or a prefix and `*`; `#` begins a comment.
  Added add_line(std::string_view line) {
    const std::string_view entry = trimmed(line.substr(0, line.find('#')));
    if (entry.empty()) return {};
    if (entry.ends_with('*')) return add_prefix(entry.substr(0, entry.size() - 1));
    return add_number(entry);
  }

  bool too_many() const { return list_.entries() > CallerList::kMostEntries; }

 private:
  // One too many is kept, to know of it; what follows is only judged.
  bool has_room() const { return !too_many(); }

  CallerList& list_;
  const Context& context_;
};

// The files of all lists. What is wrong in a file that several lists name is told once.
class ListFiles {
 public:
  explicit ListFiles(Loading& loading) : loading_(loading) {}

  void read(const Text& file, Entries& entries, FileProblems& problems) {
    const auto text = loading_.folder.read(file.value, kMostList);
    if (!text) {
      problems.error(file.at, "files: " + in_quotes(file.value) + " " + text.error());
      return;
    }
    const bool skips = loading_.context.skip_bad;
    const bool is_new = judged_.insert(file.value).second;
    std::size_t bad = 0;
    std::string good;  // the file without its bad lines, where these are left out
    Lines lines(*text);
    while (lines.next()) {
      if (const Added added = entries.add_line(lines.line()); !added) {
        ++bad;
        if (is_new && bad <= kMostToldOfFile) tell(file, lines.number(), added.error());
      } else if (skips) {
        good.append(lines.line()) += '\n';
      }
    }
    if (is_new && bad > kMostToldOfFile) tell(file, 0, grouped(bad) + " bad lines in all");
    if (skips && bad > 0) loading_.folder.keep_instead(file.value, std::move(good));
  }

 private:
  void tell(const Text& file, int line, const std::string& what) {
    FileProblems problems(loading_.problems, file.value);
    const Place at{line, line > 0 ? 1 : 0};
    if (loading_.context.skip_bad) {
      problems.warning(at, what + "; left out");
    } else {
      problems.error(at, what);
    }
  }

  Loading& loading_;
  std::set<std::string> judged_;
};

void read_list(const Reader& section, Loading& loading, ListFiles& files, CallerList& list,
               FileProblems& problems) {
  Entries entries(list, loading.context);
  for (const Text& number : section.texts("numbers")) {
    const Added added = entries.add_number(number.value);
    if (!added) problems.error(number.at, added.error());
  }
  for (const Text& prefix : section.texts("prefixes")) {
    const Added added = entries.add_prefix(prefix.value);
    if (!added) problems.error(prefix.at, added.error());
  }
  const bool withheld = section.flag("withheld");
  if (withheld) list.add_withheld();
  list.set_regions(loading.regions.find(section.texts("regions"), problems));
  for (const Text& kind : section.texts("kinds")) {
    list.add_kind(number::kind_from_string(kind.value).value());
  }
  for (const Text& file : section.texts("files")) files.read(file, entries, problems);

  bool names_somebody = withheld;
  for (const char* const key : {"numbers", "prefixes", "regions", "kinds", "files"}) {
    names_somebody = names_somebody || section.has(key);
  }
  if (!names_somebody) problems.error(section.at(), section.label() + " names no caller");
  if (entries.too_many()) {
    problems.error(section.at(), section.label() + " holds more than " +
                                     grouped(CallerList::kMostEntries) + " numbers and prefixes");
  }
}

}  // namespace

void read_caller_lists(const Document& document, Platform& platform, FileProblems& problems,
                       Loading& loading) {
  ListFiles files(loading);
  for (const Reader& section : document.all("caller_list")) {
    const auto name = section_name(section, problems);
    auto list =
        std::make_shared<CallerList>(name ? name->value : "", problems.source(section.at()));
    read_list(section, loading, files, *list, problems);
    if (name) platform.caller_lists.add(*name, std::move(list), problems);
  }
}

}  // namespace hotline::config
