// Where an export gets its rows: from the database itself, which a million of them need, wherever
// this user may read it, beside a running server or not; else from the server over its socket, or
// through the office of a stopped one, page by page.
#pragma once

#include <functional>
#include <optional>

#include "ctl/session.h"
#include "store/reader.h"

namespace hotline::ctl {

// The database itself, beside a running server or a stopped one; tells of the latter.
// Errors: a sentence.
tl::expected<store::Reader, std::string> open_database(Session& session);

class Archive {
 public:
  // `target_after` gives the page after a number; "" for the first. It says what is asked in either
  // case. Requires: `session` outlives it.
  using TargetAfter = std::function<std::string(const std::string& after)>;

  explicit Archive(Session& session);

  // Hands out the rows, the oldest first, with a bar of progress on a terminal.
  // Returns: the exit code; what is wrong has been said.
  int records(const TargetAfter& target_after, const std::function<void(const cdr::Filed&)>& take);
  int entries(const TargetAfter& target_after,
              const std::function<void(const billing::Booked&)>& take);

 private:
  template <class Ask, class Row>
  int hand_out(const TargetAfter& target_after, const char* list,
               Row (*from_json)(const admin::Json&), const std::function<void(const Row&)>& take);
  template <class Row>
  int pages(const TargetAfter& target_after, const char* list, Row (*from_json)(const admin::Json&),
            const std::function<void(const Row&)>& take);

  Session& session_;
  std::optional<store::Reader> reader_;  // none: this user may not read the database
};

}  // namespace hotline::ctl
