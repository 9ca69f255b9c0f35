// Text from records and from the server, made fit to stand on a terminal or in a cell.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hotline::ctl {

// One line of printable text: control characters become their pictures (␍, ␛), other characters
// without a shape of their own, and what is no UTF-8, become U+FFFD.
std::string printable(std::string_view text);

// Columns a terminal gives to a printable text: 2 for East Asian wide characters, 0 for marks
// that stand on others. Source: Unicode Standard Annex #11.
std::size_t display_width(std::string_view text);

}  // namespace hotline::ctl
