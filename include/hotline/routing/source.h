// Where in the configuration a rule was written.
#pragma once

#include <string>

namespace hotline::routing {

struct Source {
  std::string file;  // relative to the configuration directory: "hotlines/4001234567.toml"
  int line = 0;
  int column = 0;  // of problems alone; traces name the line

  std::string to_string() const { return file + ":" + std::to_string(line); }
  friend bool operator==(const Source&, const Source&) = default;
};

}  // namespace hotline::routing
