#include "admin/records_json.h"

#include <algorithm>

#include "admin/times.h"

namespace hotline::admin {
namespace {

void put_time(Json& json, const std::string& name, std::optional<WallTime> when) {
  json[name] = when ? Json(to_rfc3339(*when)) : Json();
  json[name + "_ms"] = when ? Json(when->time_since_epoch().count()) : Json();
}

Json attempt_json(const cdr::Attempt& attempt) {
  Json json{{"phone", attempt.phone}};
  put_time(json, "started", attempt.started);
  json["rang_ms"] = attempt.rang.count();
  json["result"] = to_string(attempt.result);
  json["status"] = attempt.status;
  return json;
}

Json note_json(const cdr::Note& note) {
  Json json{{"kind", to_string(note.kind)}, {"text", note.text}, {"by", note.by}};
  put_time(json, "at", note.at);
  return json;
}

Json release_json(const cdr::Release& release) {
  return {{"by", to_string(release.by)},
          {"cause", to_string(release.cause)},
          {"status", release.status},
          {"q850", release.q850}};
}

template <class Row>
Json list_of(const std::vector<Row>& rows, Json (*as_json)(const Row&) = to_json) {
  Json list = Json::array();
  for (const Row& row : rows) list.push_back(as_json(row));
  return list;
}

// A full page may have another one behind it.
template <class Row, class Query>
Answer page(const char* name, const std::vector<Row>& rows, const Query& query) {
  Json next;
  if (!rows.empty() && rows.size() >= query.limit) next = {{"after_seq", rows.back().seq}};
  return {.body = {{name, list_of(rows)}, {"next", next}}};
}

Answer applied_to(const char* when, const AccountView& account) {
  return {.body = {{"applied", when}, {"account", to_json(account)}}};
}

}  // namespace

Json to_json(const cdr::Filed& filed) {
  const cdr::Record& record = filed.record;
  Json json{{"seq", filed.seq},
            {"id", record.id.to_string()},
            {"trunk", record.trunk},
            {"caller_leg_id", record.caller_leg_id},
            {"phone_leg_id", record.phone_leg_id},
            {"account", record.account},
            {"hotline", record.hotline},
            {"caller_raw", record.caller_raw},
            {"caller_e164", record.caller_e164},
            {"caller_kind", record.caller_kind},
            {"province", record.province},
            {"city", record.city},
            {"area_code", record.area_code},
            {"carrier", record.carrier},
            {"presented", record.presented}};
  put_time(json, "received", record.received);
  put_time(json, "first_ring", record.first_ring);
  put_time(json, "answered", record.answered);
  put_time(json, "bridged", record.bridged);
  put_time(json, "ended", record.ended);
  json["ring_ms"] = record.ring.count();
  json["talk_ms"] = record.talk.count();
  json["billable_ms"] = record.billable.count();
  json["billed_s"] = record.billed.count();
  json["price_per_min"] = record.price_per_min.to_yuan();
  json["charge"] = record.charge.to_yuan();
  json["tariff"] = record.tariff;
  json["rate"] = record.rate;
  json["caller_fee"] = record.caller_fee.to_yuan();
  json["release"] = release_json(record.release);
  json["evidence"] = to_string(record.evidence);
  json["answered_by"] = record.answered_by;
  json["phone_province"] = record.phone_province;
  json["caller_audio"] = record.caller_audio;
  json["phone_audio"] = record.phone_audio;
  json["menu"] = record.menu;
  json["waited_ms"] = record.waited.count();
  json["survey"] = record.survey;
  json["recording"] = record.recording;
  json["decided"] = record.decided;
  json["trace"] = record.trace;
  json["asked"] = record.asked;
  json["attempts"] = list_of(record.attempts, attempt_json);
  json["calls"] = record.calls;
  return json;
}

Json to_json(const billing::Booked& booked) {
  const billing::LedgerEntry& entry = booked.entry;
  Json json{{"seq", booked.seq},
            {"id", entry.id},
            {"kind", to_string(entry.kind)},
            {"account", entry.account},
            {"reference", entry.reference},
            {"amount", entry.amount.to_yuan()},
            {"balance_after", booked.balance_after.to_yuan()},
            {"by", entry.by},
            {"why", entry.why}};
  put_time(json, "at", entry.at);
  return json;
}

Json to_json(const AccountView& account) {
  Json json{{"name", account.name},
            {"state", to_string(account.state)},
            {"balance", account.balance.to_yuan()}};
  if (account.reserved) {
    json["reserved"] = account.reserved->to_yuan();
    json["available"] = (account.balance - *account.reserved).to_yuan();
  }
  if (account.missing) json["missing"] = account.missing->to_yuan();
  put_time(json, "opened", account.opened);
  put_time(json, "since", account.since);
  return json;
}

Json to_json(const billing::AccountEvent& event) {
  Json json;
  put_time(json, "at", event.at);
  json["state"] = to_string(event.to);
  json["cause"] = event.cause;
  json["by"] = event.by;
  json["why"] = event.why;
  return json;
}

Json message_of(const billing::Notice& notice) {
  Json json{{"id", notice.id}, {"kind", to_string(notice.kind)}, {"account", notice.account}};
  put_time(json, "at", notice.at);
  for (const auto& [name, value] : notice.facts) json[name] = value;
  return json;
}

Json to_json(const billing::KeptNotice& kept) {
  const billing::Notice& notice = kept.notice;
  Json says = Json::object();
  for (const auto& [name, value] : notice.facts) says[name] = value;
  Json json{{"seq", kept.seq},
            {"id", notice.id},
            {"kind", to_string(notice.kind)},
            {"account", notice.account},
            {"says", says}};
  put_time(json, "at", notice.at);
  put_time(json, "sent", kept.sent);
  put_time(json, "next", kept.next);
  json["tries"] = kept.tries;
  json["error"] = kept.error;
  return json;
}

Json to_json(const NoticesView& notices) {
  return {
      {"waiting", notices.waiting}, {"has_command", notices.has_command}, {"error", notices.error}};
}

Json to_json(const CallView& call) {
  Json json{{"id", call.id.to_string()}, {"state", call.state},   {"hotline", call.hotline},
            {"account", call.account},   {"caller", call.caller}, {"trunk", call.trunk}};
  put_time(json, "received", call.received);
  put_time(json, "answered", call.answered);
  json["answered_by"] = call.answered_by;
  json["adopted"] = call.adopted;
  return json;
}

Json to_json(const PhoneView& phone) {
  Json json{{"hotline", phone.hotline}, {"name", phone.name},     {"address", phone.address},
            {"lines", phone.lines},     {"in_use", phone.in_use}, {"paused", phone.paused}};
  put_time(json, "paused_until", phone.paused_until);
  json["why"] = phone.why;
  return json;
}

Json to_json(const BlockView& block) {
  Json json{{"caller", block.caller}};
  put_time(json, "since", block.since);
  put_time(json, "until", block.until);
  json["why"] = block.why;
  return json;
}

Json to_json(const GatewayView& gateway) {
  Json json{{"address", gateway.address}, {"state", gateway.state}, {"why", gateway.why}};
  put_time(json, "since", gateway.since);
  return json;
}

Json to_json(const TrunkView& trunk) {
  return {{"name", trunk.name},
          {"state", trunk.state},
          {"calls", trunk.calls},
          {"gateways", list_of(trunk.gateways)}};
}

Json to_json(const RefusedReloadView& refused) {
  Json json;
  put_time(json, "at", refused.at);
  json["by"] = refused.by;
  json["errors"] = refused.errors;
  json["first"] = refused.first;
  return json;
}

Json to_json(const StatusView& status) {
  Json json{{"state", status.state}};
  put_time(json, "since", status.since);
  json["version"] = status.version;
  json["calls"] = status.calls;
  json["snapshot"] = to_json(status.snapshot);
  json["trunks"] = list_of(status.trunks);
  json["counters"] = Json::object();
  for (const auto& [name, count] : status.counters) json["counters"][name] = count;
  json["warnings"] = status.warnings;
  json["config_dir"] = status.config_dir;
  json["state_dir"] = status.state_dir;
  json["refused_reload"] = status.refused_reload ? to_json(*status.refused_reload) : Json();
  json["notices"] = to_json(status.notices);
  return json;
}

Json to_json(const SnapshotView& snapshot) {
  Json json{{"hotlines", snapshot.hotlines}, {"trunks", snapshot.trunks}};
  put_time(json, "loaded_at", snapshot.loaded);
  json["version"] = snapshot.version > 0 ? Json(snapshot.version) : Json();
  return json;
}

Json to_json(const ProblemView& problem) {
  return {{"file", problem.file},
          {"line", problem.line},
          {"column", problem.column},
          {"message", problem.message},
          {"severity", problem.is_warning ? "warning" : "error"}};
}

Json to_json(const ChangeView& change) {
  return {{"what", change.what},       {"kind", change.kind}, {"name", change.name},
          {"hotline", change.hotline}, {"file", change.file}, {"keys", change.keys}};
}

Answer shown(const AccountView& account) { return {.body = {{"account", to_json(account)}}}; }
Answer shown(const CallView& call) { return {.body = {{"call", to_json(call)}}}; }
Answer shown(const cdr::Filed& filed) {
  Answer answer{.body = {{"cdr", to_json(filed)}}};
  answer.body["cdr"]["notes"] = list_of(filed.notes, note_json);
  return answer;
}

Answer cdr_page(const std::vector<cdr::Filed>& records, const cdr::Query& query) {
  return page("cdrs", records, query);
}

Answer ledger_page(const std::vector<billing::Booked>& entries, const billing::Query& query) {
  return page("ledger", entries, query);
}

Answer notice_page(const std::vector<billing::KeptNotice>& notices,
                   const billing::NoticeQuery& query) {
  return page("notices", notices, query);
}

Answer account_list(const std::vector<AccountView>& accounts) {
  return {.body = {{"accounts", list_of(accounts)}}};
}

Answer call_list(const std::vector<CallView>& calls) {
  return {.body = {{"calls", list_of(calls)}}};
}

Json problem_list(const std::vector<ProblemView>& problems) {
  return {{"problems", list_of(problems)}};
}

Json change_list(const std::string& words, const std::vector<ChangeView>& changes) {
  constexpr std::size_t kMost = 1000;
  const std::size_t shown = std::min(changes.size(), kMost);
  Json list = Json::array();
  for (std::size_t i = 0; i < shown; ++i) list.push_back(to_json(changes[i]));
  return {{"words", words}, {"list", list}, {"more", changes.size() - shown}};
}

Answer reloaded(const SnapshotView& snapshot, const ReloadView& view,
                const std::vector<ProblemView>& warnings) {
  Answer answer{.body = {{"snapshot", to_json(snapshot)},
                         {"dry_run", view.dry_run},
                         {"changes", change_list(view.words, view.changes)},
                         {"at_restart", view.at_restart}}};
  answer.body.update(problem_list(warnings));
  return answer;
}

Answer not_reloaded(const std::vector<ProblemView>& problems) {
  Answer answer = refusal(422, "bad_configuration",
                          "the configuration has errors; the server keeps the one it has",
                          "mend them, see hotlinectl check, then reload again");
  answer.body.update(problem_list(problems));
  return answer;
}

Answer opened(ports::Applied applied, const AccountView& account) {
  switch (applied) {
    case ports::Applied::now:
      return applied_to("now", account);
    case ports::Applied::before:
    case ports::Applied::conflict:  // an account has nothing but its name to conflict in
      return applied_to("before", account);
    case ports::Applied::failed:
      return store_failed();
  }
  return store_failed();
}

Answer booked(ports::Applied applied, const std::string& reference, const AccountView& account) {
  switch (applied) {
    case ports::Applied::now:
      return applied_to("now", account);
    case ports::Applied::before:
      return applied_to("before", account);
    case ports::Applied::conflict:
      return refusal(409, "reference_used",
                     "the reference " + reference + " was used for another entry",
                     "find it with hotlinectl ledger list; give each entry its own reference");
    case ports::Applied::failed:
      return store_failed();
  }
  return store_failed();
}

Answer shown(const PhoneView& phone) { return {.body = {{"phone", to_json(phone)}}}; }
Answer shown(const BlockView& block) { return {.body = {{"caller", to_json(block)}}}; }

Answer phone_list(const std::vector<PhoneView>& phones) {
  return {.body = {{"phones", list_of(phones)}}};
}

Answer block_list(const std::vector<BlockView>& blocks) {
  return {.body = {{"callers", list_of(blocks)}}};
}

Answer no_such_account(const std::string& name) {
  return refusal(404, "no_such_account", "there is no account " + name,
                 "see hotlinectl account list, or open it: hotlinectl account open " + name);
}

Answer account_closed(const std::string& name) {
  return refusal(409, "account_closed", "account " + name + " is closed",
                 "see hotlinectl account history " + name + "; open another account");
}

Answer not_reinstated(const std::string& name) {
  return refusal(409, "not_reinstated",
                 "account " + name + " is not reclaimed, or still below its package's min_balance",
                 "see hotlinectl account show " + name + "; recharge it first");
}

Answer no_such_service(const std::string& name, const std::string& known) {
  return refusal(404, "no_such_service", "there is no service " + name,
                 known.empty() ? "add [service." + name + "] to hotline.toml" : "known: " + known);
}

Answer history(const std::vector<billing::AccountEvent>& events) {
  return {.body = {{"history", list_of(events)}}};
}

Answer noted(ports::Applied applied, const CallId& call) {
  const auto answer = [](const char* when) { return Answer{.body = {{"applied", when}}}; };
  switch (applied) {
    case ports::Applied::now:
      return answer("now");
    case ports::Applied::before:
      return answer("before");
    case ports::Applied::conflict:
      return no_such_cdr(call);
    case ports::Applied::failed:
      return store_failed();
  }
  return store_failed();
}

Answer no_such_call(const CallId& id) {
  return refusal(404, "no_such_call", "no call " + id.to_string() + " is live",
                 "a finished call has a record: hotlinectl cdr show " + id.to_string());
}

Answer no_such_cdr(const CallId& id) {
  return refusal(404, "no_such_cdr", "no record of a call " + id.to_string(),
                 "a live call has none yet: hotlinectl call list");
}

Answer shown(const billing::KeptNotice& kept) { return {.body = {{"notice", to_json(kept)}}}; }

Answer no_such_notice(std::uint64_t seq) {
  return refusal(404, "no_such_notice", "there is no notice " + std::to_string(seq),
                 "see hotlinectl notice list");
}

Answer not_durable_yet() {
  return refusal(503, "not_durable_yet",
                 "it holds from now on, but the database has not taken it yet",
                 "it is tried again until it is durable; see hotlinectl status");
}

Answer store_failed() {
  return refusal(503, "store_failed", "the database did not take it; nothing is changed",
                 "try again with the same words: a payment counts once per reference");
}

}  // namespace hotline::admin
