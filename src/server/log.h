// The server's log: one line for each call that is over, with its id; at level debug one for each
// of its events too. Written by a thread of its own; when it cannot keep up, the oldest lines go,
// never the calls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/call/switchboard.h"

#include "config/load.h"

namespace hotline::server {

// The fields of one line. Line ends and the like are escaped in values, other characters that are
// not to be seen become U+FFFD: one event is one line of plain UTF-8.
using Fields = std::vector<std::pair<std::string_view, std::string>>;

// Thread: before others start.
// Errors: one sentence when the log file cannot be opened.
tl::expected<void, std::string> open_log(const config::LogSettings& settings);
void close_log();

// Thread: any.
bool logs_debug();  // where it is not, nothing need be put together for log_debug
void log_debug(const Fields& fields);
void log_info(const Fields& fields);
void log_warning(const Fields& fields);
void log_error(const Fields& fields);

// `key=value` pairs, values quoted where they need it.
std::string as_text(const Fields& fields);
// The members of a JSON object, without its braces.
std::string as_json(const Fields& fields);

// Writes the events of calls. Of many calls refused in one second some are only counted, for their
// senders decide how many there are: each has its record.
class CallLog final : public call::Watcher {
 public:
  static constexpr std::uint64_t kMostRefusals = 100;  // a second

  void happened(const call::Event& event, const cdr::Record* record) override;
  void ended(const cdr::Record& record) override;
  void posted(const billing::Posting& posting) override;

 private:
  bool leaves_out(const cdr::Record& record);

  WallTime second_{};  // the one that is counted
  std::uint64_t refusals_ = 0, left_out_ = 0;
};

}  // namespace hotline::server
