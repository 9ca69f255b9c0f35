#include "store/attempt_lines.h"

#include <cstdint>
#include <sstream>

#include "store/record_row.h"

namespace hotline::store {

// The phone comes last: whatever its name holds, it ends with the line.
std::string to_lines(const std::vector<cdr::Attempt>& attempts) {
  std::string lines;
  for (const cdr::Attempt& attempt : attempts) {
    lines += std::to_string(attempt.started.time_since_epoch().count());
    lines += ' ' + std::to_string(attempt.rang.count());
    lines += ' ' + std::string(to_string(attempt.result));
    lines += ' ' + std::to_string(attempt.status);
    lines += ' ' + attempt.phone + '\n';
  }
  return lines;
}

std::vector<cdr::Attempt> attempts_from_lines(const std::string& lines) {
  std::vector<cdr::Attempt> attempts;
  std::istringstream all(lines);
  for (std::string line; std::getline(all, line);) {
    std::istringstream fields(line);
    std::int64_t started = 0;
    std::int64_t rang = 0;
    std::string result;
    cdr::Attempt attempt;
    fields >> started >> rang >> result >> attempt.status;
    if (!fields || fields.get() != ' ' || !std::getline(fields, attempt.phone)) {
      throw SQLite::Exception("the journal holds \"" + line + "\", which is no attempt");
    }
    attempt.started = WallTime(Milliseconds(started));
    attempt.rang = Milliseconds(rang);
    attempt.result = attempt_result_from(result);
    attempts.push_back(std::move(attempt));
  }
  return attempts;
}

}  // namespace hotline::store
