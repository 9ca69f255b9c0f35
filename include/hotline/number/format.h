// How a number is written for a carrier: each wants its own form of the same number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::number {

enum class Format : std::uint8_t {
  as_written,
  national,       // 02161234567, 13900000000: as a person in the mainland dials and sees it
  national_0,     // 02161234567, 013900000000: mobiles with the trunk 0, too
  national_bare,  // 2161234567, 13900000000
  e164,           // +862161234567
  e164_bare,      // 862161234567
};
// "national_0", …: the word in configuration.
// Errors: nullopt for any other word.
std::optional<Format> format_from_string(std::string_view word);

// The number in that form, from any form it may have been written or sent in. Numbers abroad have
// no national form: there they are dialled with 00. What is no mainland number and has no country
// (95588, 4001234567, "anonymous") stays as it is written.
std::string written_as(std::string_view number, Format format);

}  // namespace hotline::number
