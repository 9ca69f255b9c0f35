// The reference of the language, made from its declarations.
#pragma once

#include <string>

namespace hotline::config {

// Markdown: a table for each section. It stands in docs/config.md between two markers, and a test
// compares them.
std::string reference_markdown();

}  // namespace hotline::config
