#include "hotline/cdr/note.h"

#include "hotline/base/contract.h"
#include "hotline/base/words.h"

namespace hotline::cdr {

std::string_view to_string(NoteKind kind) {
  switch (kind) {
    case NoteKind::called_back:
      return "called_back";
    case NoteKind::survey:
      return "survey";
    case NoteKind::recording:
      return "recording";
    case NoteKind::remark:
      return "remark";
  }
  HOTLINE_EXPECT(false);
  return {};
}

std::optional<NoteKind> note_kind_from_string(std::string_view word) {
  return from_word(word, NoteKind::remark);
}

}  // namespace hotline::cdr
