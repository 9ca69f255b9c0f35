// From a request's method, target and body to an Ask. One table of routes, one reader each.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "admin/ask.h"
#include "admin/checks.h"
#include "admin/query_reader.h"

namespace hotline::admin {
namespace {

constexpr int kDeepestBody = 2;  // an object of plain values

using Object = tl::expected<Json, Answer>;

struct Request {
  std::string_view name;  // what stands where the route has its *
  Params query;
  std::string_view body;
};

// --- the body ----------------------------------------------------------------------------------

// The JSON object in a body. Errors: refused where it is none.
Object read_object(std::string_view body) {
  const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < kDeepestBody; };
  Json object = Json::parse(body, shallow, false);
  if (!object.is_object()) {
    return bad("bad_json", "the body is not a JSON object", "send one, in UTF-8");
  }
  return object;
}

tl::unexpected<Answer> unknown_member() {
  return bad("unknown_member", "the body has members this request does not know", "leave them out");
}

// A JSON object of exactly these text members.
template <std::size_t N>
tl::expected<std::array<std::string, N>, Answer> read_body(
    std::string_view body, const std::array<std::string_view, N>& keys) {
  const auto object = read_object(body);
  if (!object) return tl::make_unexpected(object.error());
  std::array<std::string, N> values;
  for (std::size_t i = 0; i < N; ++i) {
    const auto found = object->find(keys[i]);
    if (found == object->end() || !found->is_string()) {
      return bad("missing_member", "the body has no text member \"" + std::string(keys[i]) + "\"",
                 "send it as a quoted string, amounts too");
    }
    values[i] = found->template get<std::string>();
  }
  if (object->size() != N) return unknown_member();
  return values;
}

// A JSON object of some of these members, each true or false, false where it is absent; or no body.
template <std::size_t N>
tl::expected<std::array<bool, N>, Answer> read_flags(std::string_view body,
                                                     const std::array<std::string_view, N>& keys) {
  std::array<bool, N> flags{};
  if (body.empty()) return flags;
  const auto object = read_object(body);
  if (!object) return tl::make_unexpected(object.error());
  std::size_t known = 0;
  for (std::size_t i = 0; i < N; ++i) {
    const auto found = object->find(keys[i]);
    if (found == object->end()) continue;
    if (!found->is_boolean()) {
      return bad("bad_member", "\"" + std::string(keys[i]) + "\" is neither true nor false",
                 "send true or false, not quoted");
    }
    flags[i] = found->template get<bool>();
    ++known;
  }
  if (object->size() != known) return unknown_member();
  return flags;
}

tl::unexpected<Answer> bad_account_name() {
  return bad("bad_account_name", "that is no account name",
             "give " + std::string(kAccountNameRule));
}

tl::unexpected<Answer> bad_duration() {
  return bad("bad_duration", "that is no length of time", "give " + std::string(kDurationRule));
}

tl::unexpected<Answer> bad_reference() {
  return bad("bad_reference", "that is no payment reference",
             "give " + std::string(kReferenceRule));
}

tl::unexpected<Answer> bad_person() {
  return bad("bad_person", "that is nobody's name", "give " + std::string(kPersonRule));
}

tl::unexpected<Answer> bad_reason() {
  return bad("bad_reason", "that is no reason to write down", "give " + std::string(kReasonRule));
}

tl::unexpected<Answer> bad_call_id() {
  return bad("bad_call_id", "that is no call id", "take one from hotlinectl call list or cdr list");
}

// --- one reader a route ------------------------------------------------------------------------

template <class Plain>
Reading read_plain(const Request&) {
  return Plain{};
}

Reading read_reload(const Request& request) {
  const auto flags = read_flags<2>(request.body, {"skip_bad", "dry_run"});
  if (!flags) return tl::make_unexpected(flags.error());
  return Reload{(*flags)[0], (*flags)[1]};
}

template <class OfAccount>
Reading read_of_account(const Request& request) {
  if (!is_account_name(request.name)) return bad_account_name();
  return OfAccount{std::string(request.name)};
}

template <class OfCall>
Reading read_of_call(const Request& request) {
  const auto id = CallId::parse(request.name);
  if (!id) return bad_call_id();
  return OfCall{*id};
}

Reading read_open_account(const Request& request) {
  const auto body = read_body<1>(request.body, {"name"});
  if (!body) return tl::make_unexpected(body.error());
  if (!is_account_name((*body)[0])) return bad_account_name();
  return OpenAccount{(*body)[0]};
}

Reading read_recharge(const Request& request) {
  if (!is_account_name(request.name)) return bad_account_name();
  const auto body = read_body<2>(request.body, {"amount", "reference"});
  if (!body) return tl::make_unexpected(body.error());
  const auto amount = parse_amount((*body)[0]);
  if (!amount) {
    return bad("bad_amount", "that is no amount to recharge", "give " + std::string(kAmountRule));
  }
  if (!is_reference((*body)[1])) return bad_reference();
  return Recharge{std::string(request.name), *amount, (*body)[1]};
}

Reading read_adjust(const Request& request) {
  if (!is_account_name(request.name)) return bad_account_name();
  const auto body = read_body<4>(request.body, {"amount", "reference", "why", "by"});
  if (!body) return tl::make_unexpected(body.error());
  const auto& [text, reference, why, by] = *body;
  const auto amount = parse_adjustment(text);
  if (!amount) {
    return bad("bad_amount", "that is no amount to adjust by",
               "give " + std::string(kAdjustmentRule));
  }
  if (!is_reference(reference)) return bad_reference();
  if (why.empty() || !is_reason(why)) return bad_reason();
  if (!is_person(by)) return bad_person();
  return Adjust{std::string(request.name), *amount, reference, why, by};
}

Reading read_buy_service(const Request& request) {
  if (!is_account_name(request.name)) return bad_account_name();
  const auto body = read_body<3>(request.body, {"service", "reference", "by"});
  if (!body) return tl::make_unexpected(body.error());
  const auto& [service, reference, by] = *body;
  if (!is_reference(reference)) return bad_reference();
  if (!is_person(by)) return bad_person();
  return BuyService{std::string(request.name), service, reference, by};
}

template <class ByHand>
Reading read_by_hand(const Request& request) {
  if (!is_account_name(request.name)) return bad_account_name();
  const auto body = read_body<2>(request.body, {"why", "by"});
  if (!body) return tl::make_unexpected(body.error());
  const auto& [why, by] = *body;
  if (why.empty() || !is_reason(why)) return bad_reason();
  if (!is_person(by)) return bad_person();
  return ByHand{std::string(request.name), why, by};
}

Reading read_pause_phone(const Request& request) {
  const auto body = read_body<4>(request.body, {"hotline", "phone", "for", "why"});
  if (!body) return tl::make_unexpected(body.error());
  const auto& [hotline, phone, how_long, why] = *body;
  std::optional<Seconds> length;
  if (!how_long.empty()) {
    length = parse_duration(how_long);
    if (!length) return bad_duration();
  }
  if (!is_reason(why)) return bad_reason();
  return PausePhone{hotline, phone, length, why};
}

Reading read_resume_phone(const Request& request) {
  const auto body = read_body<2>(request.body, {"hotline", "phone"});
  if (!body) return tl::make_unexpected(body.error());
  return ResumePhone{(*body)[0], (*body)[1]};
}

Reading read_block_caller(const Request& request) {
  const auto body = read_body<3>(request.body, {"caller", "for", "why"});
  if (!body) return tl::make_unexpected(body.error());
  const auto& [caller, how_long, why] = *body;
  const auto length = parse_duration(how_long);
  if (!length) return bad_duration();
  if (!is_reason(why)) return bad_reason();
  return BlockCaller{caller, *length, why};
}

Reading read_lift_block(const Request& request) {
  const auto body = read_body<1>(request.body, {"caller"});
  if (!body) return tl::make_unexpected(body.error());
  return LiftBlock{(*body)[0]};
}

Reading read_list_cdrs(const Request& request) {
  QueryReader params(request.query);
  cdr::Query query;
  params.period_and_page(query);
  query.hotline = params.checked("hotline", is_number_filter, kNumberFilterRule);
  query.account = params.checked("account", is_account_name, kAccountNameRule);
  query.caller = params.checked("caller", is_number_filter, kNumberFilterRule);
  query.caller_province = params.province("caller_province");
  query.phone_province = params.province("phone_province");
  const std::string result = params.checked("result", is_result_filter, kResultFilterRule);
  query.outcome = cdr::outcome_from_string(result);
  query.cause = cause_from_string(result);
  query.phone = params.checked("phone", is_phone_filter, kPhoneFilterRule);
  query.rang = params.checked("rang", is_phone_filter, kPhoneFilterRule);
  return params.done(ListCdrs{query});
}

Reading read_add_note(const Request& request) {
  const auto id = CallId::parse(request.name);
  if (!id) return bad_call_id();
  const auto body = read_body<3>(request.body, {"kind", "text", "by"});
  if (!body) return tl::make_unexpected(body.error());
  const auto& [word, text, by] = *body;
  const auto kind = cdr::note_kind_from_string(word);
  if (!kind) {
    return bad("bad_note_kind", "that is no kind of note", "give " + std::string(kNoteKindRule));
  }
  if (!is_note(text)) {
    return bad("bad_note", "that is no text to note", "give " + std::string(kNoteRule));
  }
  if (!is_person(by)) return bad_person();
  return AddNote{*id, *kind, text, by};
}

Reading read_list_ledger(const Request& request) {
  QueryReader params(request.query);
  billing::Query query;
  params.period_and_page(query);
  query.account = params.checked("account", is_account_name, kAccountNameRule);
  query.kind =
      billing::entry_kind_from_string(params.checked("kind", is_entry_kind, kEntryKindRule));
  return params.done(ListLedger{query});
}

Reading read_list_notices(const Request& request) {
  QueryReader params(request.query);
  billing::NoticeQuery query;
  params.period_and_page(query);
  query.account = params.checked("account", is_account_name, kAccountNameRule);
  query.pending = params.number("pending", 0, 0, 1) == 1;
  return params.done(ListNotices{query});
}

Reading read_resend_notice(const Request& request) {
  std::int64_t seq = 0;
  const char* const end = request.name.data() + request.name.size();
  const auto [stop, error] = std::from_chars(request.name.data(), end, seq);
  if (error != std::errc{} || stop != end || seq < 1) {
    return bad("bad_notice", "that is no notice's number", "take one from hotlinectl notice list");
  }
  return ResendNotice{static_cast<std::uint64_t>(seq)};
}

// --- routes ------------------------------------------------------------------------------------

struct Route {
  std::string_view method;
  std::string_view path;  // * stands for one name
  Reading (*read)(const Request&);
  bool has_query = false;
};

constexpr Route kRoutes[] = {
    {"GET", "/status", read_plain<GetStatus>},
    {"POST", "/reload", read_reload},
    {"GET", "/accounts", read_plain<ListAccounts>},
    {"POST", "/accounts", read_open_account},
    {"GET", "/accounts/*", read_of_account<ShowAccount>},
    {"POST", "/accounts/*/recharge", read_recharge},
    {"POST", "/accounts/*/adjust", read_adjust},
    {"POST", "/accounts/*/service", read_buy_service},
    {"POST", "/accounts/*/close", read_by_hand<CloseAccount>},
    {"POST", "/accounts/*/reinstate", read_by_hand<ReinstateAccount>},
    {"GET", "/accounts/*/history", read_of_account<ShowHistory>},
    {"GET", "/calls", read_plain<ListCalls>},
    {"GET", "/calls/*", read_of_call<ShowCall>},
    {"DELETE", "/calls/*", read_of_call<HangUpCall>},
    {"GET", "/phones", read_plain<ListPhones>},
    {"POST", "/phones/pause", read_pause_phone},
    {"POST", "/phones/resume", read_resume_phone},
    {"GET", "/callers", read_plain<ListBlocks>},
    {"POST", "/callers/block", read_block_caller},
    {"POST", "/callers/lift", read_lift_block},
    {"GET", "/cdrs", read_list_cdrs, true},
    {"GET", "/cdrs/*", read_of_call<ShowCdr>},
    {"POST", "/cdrs/*/notes", read_add_note},
    {"GET", "/ledger", read_list_ledger, true},
    {"GET", "/notices", read_list_notices, true},
    {"POST", "/notices/*/resend", read_resend_notice},
};

// What stands in the path where the pattern has its star ("" where it has none).
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) {
    return pattern == path ? std::optional(std::string_view()) : std::nullopt;
  }
  const std::string_view before = pattern.substr(0, star);
  const std::string_view after = pattern.substr(star + 1);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) ||
      !path.ends_with(after)) {
    return std::nullopt;
  }
  path.remove_prefix(before.size());
  path.remove_suffix(after.size());
  return path.find('/') == std::string_view::npos ? std::optional(path) : std::nullopt;
}

Answer no_route(std::string_view allow) {
  if (allow.empty()) {
    return refusal(404, "no_such_path", "there is nothing at that path",
                   "known: /status /reload /accounts /calls /phones /callers /cdrs /ledger "
                   "/notices");
  }
  Answer answer = refusal(405, "wrong_method", "that path does not know this method",
                          "known here: " + std::string(allow));
  answer.allow = allow;
  return answer;
}

}  // namespace

tl::expected<Ask, Answer> read_ask(std::string_view method, std::string_view target,
                                   std::string_view body) {
  const auto question = target.find('?');
  const std::string_view path = target.substr(0, question);
  const std::string_view query_text =
      question == std::string_view::npos ? std::string_view() : target.substr(question + 1);

  std::string allow;
  for (const Route& route : kRoutes) {
    const auto name = match(route.path, path);
    if (!name) continue;
    if (route.method != method) {
      allow += (allow.empty() ? "" : ", ") + std::string(route.method);
      continue;
    }
    if (!route.has_query && !query_text.empty()) {
      return bad("unexpected_query", "that path takes no query", "leave out what follows the ?");
    }
    auto query = read_query(query_text);
    if (!query) return tl::make_unexpected(query.error());
    return route.read({*name, std::move(*query), body});
  }
  return tl::make_unexpected(no_route(allow));
}

}  // namespace hotline::admin
