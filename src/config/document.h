// One TOML file as sections of the language: what no section takes is reported here.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "config/keys.h"
#include "config/problems.h"
#include "config/reader.h"

namespace hotline::config {

class Document {
 public:
  // Reads the text of a file.
  // Errors: nullopt where it is no TOML, which is reported; what is wrong inside the sections is
  // reported and does not hinder.
  static std::optional<Document> parse(std::string_view text, File file, FileProblems& problems);

  // All of it, as it was written.
  const toml::table& root() const { return *root_; }

  // The sections of a name, in the order written. Of a Form::one at most one.
  std::vector<Reader> all(std::string_view section) const;
  std::optional<Reader> one(std::string_view section) const;

 private:
  Document(std::shared_ptr<const toml::table> root, File file, FileProblems& problems);

  void report_strangers() const;
  void report_missing() const;

  std::shared_ptr<const toml::table> root_;
  File file_;
  FileProblems* problems_;
};

}  // namespace hotline::config
