// What is wrong with a configuration: all of it, in one go, each with its place.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hotline/routing/source.h"

namespace hotline::config {

// A position in one file, counted from 1; line 0: the file as a whole.
struct Place {
  int line = 0;
  int column = 0;
};

struct Problem {
  std::string file;  // relative to the configuration directory
  int line = 0;
  int column = 0;
  std::string message;
  bool is_warning = false;

  // "hotlines/4001234567.toml:12:8: unknown key …".
  std::string to_string() const;
};

// One line of printable text, at most `most` bytes of it, whatever a file held.
std::string printable(std::string_view text, std::size_t most = 400);
// The same between quotes and shorter: how messages show a value.
std::string in_quotes(std::string_view text);

// The problems of all files.
class Problems {
 public:
  // Of one file's errors the first hundred are kept and the others counted; so of its warnings.
  void add(Problem problem);

  bool any_errors() const { return !errors_.empty(); }
  // Sorted by file and place; a file that had too many ends with how many more there are.
  std::vector<Problem> take();

 private:
  using Counts = std::unordered_map<std::string, std::size_t>;  // by file

  void count_dropped(const Counts& counts, bool is_warning);

  std::vector<Problem> kept_;
  Counts errors_;
  Counts warnings_;
};

// Where the problems of one file are reported.
class FileProblems {
 public:
  FileProblems(Problems& all, std::string file) : all_(&all), file_(std::move(file)) {}

  void error(Place at, std::string message);
  void warning(Place at, std::string message);
  // How many errors were reported here: what is judged by values asks whether these were right.
  std::size_t errors() const { return errors_; }

  const std::string& file() const { return file_; }
  routing::Source source(Place at) const { return {file_, at.line, at.column}; }

 private:
  Problems* all_;
  std::string file_;
  std::size_t errors_ = 0;
};

}  // namespace hotline::config
