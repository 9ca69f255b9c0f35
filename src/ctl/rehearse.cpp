// rehearse: recorded calls through the configuration in the directory. Reads the database itself,
// beside a running server: a month of calls is too much for its control socket.
#include <limits>
#include <memory>

#include "admin/checks.h"
#include "admin/times.h"
#include "ctl/command.h"
#include "ctl/csv.h"
#include "ctl/draft.h"
#include "ctl/new_file.h"
#include "ctl/progress.h"
#include "ctl/rehearsal.h"
#include "store/open.h"
#include "store/reader.h"

namespace hotline::ctl {
namespace {

struct Wish {
  std::string since = "30d";
  std::string hotline;
  std::string csv;
};

void write_change(std::ostream& out, const cdr::PastCall& call, Rehearsed what,
                  const std::string& now) {
  out << csv_line({call.id.to_string(), admin::to_rfc3339(call.received), csv_text(call.hotline),
                   csv_text(call.caller_e164.empty() ? call.caller_raw : call.caller_e164),
                   std::string(to_string(what)), csv_text(call.decided), csv_text(now),
                   std::to_string(call.calls)});
}

// Returns: the exit code.
int replay(Session& session, store::Reader& reader, const cdr::Query& query, Rehearsal& rehearsal) {
  const auto whole = reader.count(query);
  if (!whole) return cannot_read(session, whole.error());
  Progress progress(session.err, "rehearsing", session.is_terminal && !session.options.json);
  std::size_t done = 0;
  const auto read = reader.past_calls(query, [&](const cdr::PastCall& call) {
    rehearsal.take(call);
    progress.show(++done, *whole);
  });
  return read ? kDone : cannot_read(session, read.error());
}

int rehearse(Session& session, const Wish& wish) {
  const Draft draft = read_draft(session);
  if (!draft.loaded) return refuse_draft(session, draft);
  auto reader = store::Reader::open(store::database_in(draft.loaded->settings.state_dir));
  if (!reader) return cannot_read(session, reader.error());
  NewFile file(wish.csv);
  if (!file.is_open()) return cannot_write(session, "cannot write " + wish.csv);
  if (!wish.csv.empty()) {
    file.stream() << csv_line(
        {"id", "received", "hotline", "caller", "result", "then", "by_the_draft", "calls"});
  }
  cdr::Query query;
  query.from = session.clock().wall - *admin::parse_duration(wish.since);
  query.hotline = wish.hotline;
  query.limit = std::numeric_limits<std::int64_t>::max();
  Rehearsal rehearsal(*draft.loaded->snapshot,
                      [&](const cdr::PastCall& call, Rehearsed what, const std::string& now) {
                        if (!wish.csv.empty()) write_change(file.stream(), call, what, now);
                      });
  if (const int exit = replay(session, *reader, query, rehearsal); exit != kDone) return exit;
  if (!wish.csv.empty() && !file.keep()) return cannot_write(session, "cannot write " + wish.csv);
  show_made(session, rehearsal.to_json(),
            [&](const admin::Json& made) { print_rehearsal(session.out, made); });
  return kDone;
}

}  // namespace

void add_rehearse(CLI::App& app, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      app, session, "rehearse",
      "Run recorded calls through the configuration in the directory: what would change",
      "hotlinectl --config /etc/hotline.new rehearse --since 30d --csv changed.csv",
      [&session, wish] { return rehearse(session, *wish); });
  command->add_option("--since", wish->since, "How far back")
      ->type_name("TIME")
      ->capture_default_str()
      ->check(checked_by(
          [](const std::string& text) { return admin::parse_duration(text).has_value(); },
          admin::kDurationRule));
  command->add_option("--hotline", wish->hotline, "Only calls to this number")
      ->type_name("NUMBER")
      ->check(number_filter());
  command->add_option("--csv", wish->csv, "Write the calls that go elsewhere to this file")
      ->type_name("FILE");
}

}  // namespace hotline::ctl
