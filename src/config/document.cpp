#include "config/document.h"

#include <algorithm>
#include <cstddef>

#include "config/spelling.h"

namespace hotline::config {
namespace {

// The deepest key of the language is `package.standard.price_per_min`.
constexpr std::size_t kMostDots = 8;

// The end of the string that begins at `at`: the position after its closing quotes, or the end of
// the text (or of the line, for a string of one line) where it is not closed.
std::size_t after_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool many_lines = text.substr(at, 3) == three;
  for (std::size_t i = at + (many_lines ? 3 : 1); i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (many_lines && text.substr(i, 3) == three) {
      i += 3;  // up to two quotes more belong to the string
      for (int more = 0; more < 2 && i < text.size() && text[i] == quote; ++more) ++i;
      return i;
    } else if (!many_lines && (text[i] == quote || text[i] == '\n')) {
      return i + 1;
    }
  }
  return text.size();
}

// Finds a dotted key nested deeper than any of the language. toml++ 3.3 takes any depth and then
// overflows the stack when it frees the tables (seen at 50,000 dots), so it must not get there.
std::optional<Place> too_deep(std::string_view text) {
  Place place{1, 0};
  std::size_t dots = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      const std::size_t end = after_string(text, i);
      const auto string = text.substr(i, end - i);
      place.line += static_cast<int>(std::count(string.begin(), string.end(), '\n'));
      i = end;
      continue;
    }
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    if (c == '.' && ++dots > kMostDots) return place;
    if (std::string_view("=,[]{}\n").find(c) != std::string_view::npos) dots = 0;
    if (c == '\n') ++place.line;
    ++i;
  }
  return std::nullopt;
}

std::string name_of(File file) {
  return file == File::platform ? "hotline.toml" : "a file of hotlines/";
}

}  // namespace

std::optional<Document> Document::parse(std::string_view text, File file, FileProblems& problems) {
  if (const auto place = too_deep(text)) {
    problems.error(*place, "a key of more than " + std::to_string(kMostDots) + " dots");
    return std::nullopt;
  }
  try {
    auto root = std::make_shared<const toml::table>(toml::parse(text));
    Document document(std::move(root), file, problems);
    document.report_strangers();
    document.report_missing();
    return document;
  } catch (const toml::parse_error& error) {
    const auto& begin = error.source().begin;
    problems.error({static_cast<int>(begin.line), static_cast<int>(begin.column)},
                   printable(error.description()));
    return std::nullopt;
  }
}

Document::Document(std::shared_ptr<const toml::table> root, File file, FileProblems& problems)
    : root_(std::move(root)), file_(file), problems_(&problems) {}

// Whatever stands at the top of the file has to be a section of this file, in its form.
void Document::report_strangers() const {
  const File other = file_ == File::platform ? File::hotline : File::platform;
  for (const auto& entry : *root_) {
    const std::string_view name = entry.first.str();
    const Place at = place_of(entry.first);
    const Section* section = find_section(file_, name);
    if (section && !is_inside(section->form)) continue;
    if (const Section* elsewhere = find_section(other, name);
        elsewhere && !is_inside(elsewhere->form)) {
      problems_->error(at, label(*elsewhere) + " belongs in " + name_of(other));
      continue;
    }
    std::vector<std::string_view> right;
    for (const Section& candidate : sections()) {
      if (candidate.file == file_ && !is_inside(candidate.form)) right.push_back(candidate.name);
    }
    const bool is_key = !entry.second.is_table() && !entry.second.is_array_of_tables();
    problems_->error(at, (is_key ? "a key outside of any section: " : "unknown section ") +
                             in_quotes(name) + did_you_mean(name, right));
  }
}

void Document::report_missing() const {
  for (const Section& section : sections()) {
    if (section.file == file_ && section.required && !root_->contains(section.name)) {
      problems_->error({}, "there is no " + label(section));
    }
  }
}

std::vector<Reader> Document::all(std::string_view name) const {
  std::vector<Reader> readers;
  const Section& section = *find_section(file_, name);
  const toml::node* node = root_->get(name);
  if (!node) return readers;

  const auto wrong_form = [&](const toml::node& what) {
    problems_->error(place_of(what), "this is written " + label(section));
  };
  const toml::table* table = node->as_table();
  const toml::array* array = node->as_array();
  if (section.form == Form::many) {
    if (!array) {
      wrong_form(*node);
      return readers;
    }
    for (const toml::node& item : *array) {
      if (const toml::table* one = item.as_table()) {
        readers.emplace_back(*one, place_of(item), section, "", *problems_);
      } else {
        wrong_form(item);
      }
    }
    return readers;
  }
  if (!table) {
    wrong_form(*node);
    return readers;
  }
  if (section.form == Form::one) {
    readers.emplace_back(*table, place_of(*table), section, "", *problems_);
    return readers;
  }
  for (const auto& entry : *table) {
    if (const toml::table* one = entry.second.as_table()) {
      readers.emplace_back(*one, place_of(entry.first), section, std::string(entry.first.str()),
                           *problems_);
    } else {
      wrong_form(entry.second);
    }
  }
  return readers;
}

std::optional<Reader> Document::one(std::string_view section) const {
  std::vector<Reader> found = all(section);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace hotline::config
