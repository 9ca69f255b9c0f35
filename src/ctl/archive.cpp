#include "ctl/archive.h"

#include <filesystem>
#include <limits>

#include "admin/records_from_json.h"
#include "ctl/progress.h"
#include "store/open.h"

namespace hotline::ctl {
namespace {

using admin::Json;

struct StateDir {
  std::filesystem::path path;  // empty: not known
  bool is_stopped = false;
};

// Where the running server keeps its state, by its own word; a stopped one, by its configuration.
StateDir find_state_dir(Session& session) {
  const auto status = session.office.ask_server("GET", "/status");
  if (status) return {status->body.value("state_dir", ""), false};
  if (status.error().why != admin::Unreachable::Why::stopped) return {};
  const auto site = find_site(session.options);
  return {site ? site->state_dir : std::filesystem::path(), true};
}

store::Reader::Result<void> read(store::Reader& reader, const cdr::Query& query,
                                 const std::function<void(const cdr::Filed&)>& take) {
  return reader.records(query, take);
}

store::Reader::Result<void> read(store::Reader& reader, const billing::Query& query,
                                 const std::function<void(const billing::Booked&)>& take) {
  return reader.entries(query, take);
}

}  // namespace

tl::expected<store::Reader, std::string> open_database(Session& session) {
  const StateDir state_dir = find_state_dir(session);
  if (!state_dir.path.is_absolute()) {
    return tl::make_unexpected("cannot tell where the server keeps its database");
  }
  auto reader = store::Reader::open(store::database_in(state_dir.path));
  if (reader && state_dir.is_stopped) tell_offline(session.err, state_dir.path);
  return reader;
}

Archive::Archive(Session& session) : session_(session) {
  if (auto reader = open_database(session)) reader_.emplace(std::move(*reader));
}

template <class Row>
int Archive::pages(const TargetAfter& target_after, const char* list, Row (*from_json)(const Json&),
                   const std::function<void(const Row&)>& take) {
  for (std::string after;;) {
    const auto page = session_.office.ask("GET", target_after(after));
    if (!page) return show_unreachable(session_, page.error());
    if (page->is_refusal()) return show_problem(session_, *page);
    for (const Json& row : page->body.at(list)) take(from_json(row));
    const Json& next = page->body.at("next");
    if (next.is_null()) return kDone;
    after = next.at("after_seq").dump();
  }
}

template <class Ask, class Row>
int Archive::hand_out(const TargetAfter& target_after, const char* list,
                      Row (*from_json)(const Json&), const std::function<void(const Row&)>& take) {
  const auto ask = admin::read_ask("GET", target_after(""), "");
  if (!ask) return show_problem(session_, ask.error());
  if (!reader_) return pages(target_after, list, from_json, take);
  auto query = std::get<Ask>(*ask).query;
  query.limit = std::numeric_limits<std::int64_t>::max();
  const auto span = reader_->span(query);
  Progress progress(session_.err, "exporting", session_.is_terminal && !session_.options.json);
  const auto done = read(*reader_, query, [&](const Row& row) {
    take(row);
    if (span) progress.show(row.seq - span->first + 1, span->last - span->first + 1);
  });
  if (done) return kDone;
  return show_problem(session_, admin::refusal(500, "cannot_read", done.error(),
                                               "see that the disk is there, and the server's log"));
}

int Archive::records(const TargetAfter& target_after,
                     const std::function<void(const cdr::Filed&)>& take) {
  return hand_out<admin::ListCdrs>(target_after, "cdrs", admin::filed_from_json, take);
}

int Archive::entries(const TargetAfter& target_after,
                     const std::function<void(const billing::Booked&)>& take) {
  return hand_out<admin::ListLedger>(target_after, "ledger", admin::booked_from_json, take);
}

}  // namespace hotline::ctl
