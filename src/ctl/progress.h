// A bar for people who wait: drawn over and over in one line of a terminal, and nowhere else.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>

namespace hotline::ctl {

class Progress {
 public:
  // `what` stands in front of the bar. Draws nothing where `is_terminal` is false.
  // Requires: `out` outlives it.
  Progress(std::ostream& out, std::string what, bool is_terminal)
      : out_(out), what_(std::move(what)), is_terminal_(is_terminal) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();  // takes the line away

  // So much of the whole is done; drawn again only where the percentage is another one.
  void show(std::size_t done, std::size_t whole);

 private:
  std::ostream& out_;
  std::string what_;
  bool is_terminal_;
  int percent_ = -1;  // drawn last
};

}  // namespace hotline::ctl
