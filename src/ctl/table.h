// Tables for people: columns aligned, Chinese text too.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace hotline::ctl {

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Requires: as many cells as columns. What is not printable is shown by a picture.
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  void print(std::ostream& out) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// "name  value" lines, the names aligned.
class Sheet {
 public:
  void add(std::string name, const std::string& value);
  void print(std::ostream& out) const;

 private:
  std::vector<std::vector<std::string>> lines_;
};

}  // namespace hotline::ctl
