// docs/config.md holds the reference that the declarations generate. HOTLINE_REWRITE=1 writes it.
#include "config/reference.h"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "config/keys.h"

namespace hotline::config {
namespace {

constexpr const char* kDocument = HOTLINE_SOURCE_DIR "/docs/config.md";
constexpr std::string_view kBegin = "<!-- generated: begin -->\n";
constexpr std::string_view kEnd = "<!-- generated: end -->\n";

std::string read_document() {
  std::ostringstream text;
  text << std::ifstream(kDocument).rdbuf();
  return text.str();
}

TEST(Reference, stands_in_the_document) {
  std::string text = read_document();
  const auto begin = text.find(kBegin);
  const auto end = text.find(kEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const auto from = begin + kBegin.size();
  if (std::getenv("HOTLINE_REWRITE")) {
    text.replace(from, end - from, reference_markdown());
    std::ofstream(kDocument) << text;
    return;
  }
  EXPECT_EQ(text.substr(from, end - from), reference_markdown())
      << "HOTLINE_REWRITE=1 test_config --gtest_filter=Reference.* writes it";
}

TEST(Reference, every_key_is_declared_once_and_explained) {
  std::set<std::string> seen;
  for (const Section& section : sections()) {
    EXPECT_FALSE(section.doc.empty()) << section.name;
    for (const Key& key : section.keys) {
      const std::string file = section.file == File::platform ? "hotline.toml " : "hotlines/ ";
      const std::string name = file + std::string(section.name) + "." + std::string(key.name);
      EXPECT_TRUE(seen.insert(name).second) << name;
      EXPECT_FALSE(key.doc.empty()) << name;
      EXPECT_LE(key.bounds.least, key.bounds.most) << name;
      if (const auto* number = std::get_if<std::int64_t>(&key.fallback)) {
        EXPECT_GE(*number, key.bounds.least) << name;
        EXPECT_LE(*number, key.bounds.most) << name;
      }
    }
  }
}

}  // namespace
}  // namespace hotline::config
