// A fact about a call that came to be known after its record was filed. Records never change; notes
// about them are added, and never change either.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hotline/base/time.h"

namespace hotline::cdr {

enum class NoteKind : std::uint8_t {
  called_back,  // somebody called the caller back
  survey,       // what the caller said of the call
  recording,    // where its recording is, and that one's hash
  remark,       // anything else
};
std::string_view to_string(NoteKind kind);
std::optional<NoteKind> note_kind_from_string(std::string_view word);

struct Note {
  WallTime at{};
  NoteKind kind = NoteKind::remark;
  std::string text;
  std::string by;
};

}  // namespace hotline::cdr
