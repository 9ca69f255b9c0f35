#include "admin/records_from_json.h"

#include <string>

namespace hotline::admin {
namespace {

template <class Value>
Value expect(std::optional<Value> value, const std::string& text) {
  if (!value) throw Json::other_error::create(501, "\"" + text + "\" means nothing", nullptr);
  return *std::move(value);
}

template <class Value>
Value read(const Json& json, const char* name,
           std::optional<Value> (*from_string)(std::string_view)) {
  const auto text = json.at(name).get<std::string>();
  return expect(from_string(text), text);
}

std::optional<WallTime> optional_time(const Json& json, const std::string& name) {
  const Json& ms = json.at(name + "_ms");
  if (ms.is_null()) return std::nullopt;
  return WallTime(Milliseconds(ms.get<std::int64_t>()));
}

WallTime time(const Json& json, const std::string& name) {
  return expect(optional_time(json, name), name);
}

Milliseconds milliseconds(const Json& json, const char* name) {
  return Milliseconds(json.at(name).get<std::int64_t>());
}

cdr::Attempt attempt_from(const Json& json) {
  cdr::Attempt attempt;
  json.at("phone").get_to(attempt.phone);
  attempt.started = time(json, "started");
  attempt.rang = milliseconds(json, "rang_ms");
  attempt.result = read(json, "result", cdr::attempt_result_from_string);
  json.at("status").get_to(attempt.status);
  return attempt;
}

cdr::Release release_from(const Json& json) {
  return {read(json, "by", cdr::party_from_string), read(json, "cause", cause_from_string),
          json.at("status").get<int>(), json.at("q850").get<int>()};
}

void read_times(const Json& json, cdr::Record& record) {
  record.received = time(json, "received");
  record.first_ring = optional_time(json, "first_ring");
  record.answered = optional_time(json, "answered");
  record.bridged = optional_time(json, "bridged");
  record.ended = time(json, "ended");
  record.ring = milliseconds(json, "ring_ms");
  record.talk = milliseconds(json, "talk_ms");
  record.billable = milliseconds(json, "billable_ms");
  record.waited = milliseconds(json, "waited_ms");
  record.billed = Seconds(json.at("billed_s").get<std::int64_t>());
}

}  // namespace

cdr::Filed filed_from_json(const Json& json) {
  cdr::Filed filed;
  cdr::Record& record = filed.record;
  json.at("seq").get_to(filed.seq);
  record.id = read(json, "id", CallId::parse);
  const std::pair<const char*, std::string*> texts[] = {
      {"trunk", &record.trunk},
      {"caller_leg_id", &record.caller_leg_id},
      {"phone_leg_id", &record.phone_leg_id},
      {"account", &record.account},
      {"hotline", &record.hotline},
      {"caller_raw", &record.caller_raw},
      {"caller_e164", &record.caller_e164},
      {"caller_kind", &record.caller_kind},
      {"province", &record.province},
      {"city", &record.city},
      {"area_code", &record.area_code},
      {"carrier", &record.carrier},
      {"presented", &record.presented},
      {"answered_by", &record.answered_by},
      {"phone_province", &record.phone_province},
      {"decided", &record.decided},
      {"trace", &record.trace},
      {"asked", &record.asked},
      {"tariff", &record.tariff},
      {"rate", &record.rate},
      {"caller_audio", &record.caller_audio},
      {"phone_audio", &record.phone_audio},
      {"menu", &record.menu},
      {"recording", &record.recording},
  };
  for (const auto& [name, text] : texts) json.at(name).get_to(*text);
  read_times(json, record);
  record.price_per_min = read(json, "price_per_min", Money::parse_yuan);
  record.charge = read(json, "charge", Money::parse_yuan);
  record.caller_fee = read(json, "caller_fee", Money::parse_yuan);
  record.release = release_from(json.at("release"));
  record.evidence = read(json, "evidence", cdr::evidence_from_string);
  for (const Json& attempt : json.at("attempts")) record.attempts.push_back(attempt_from(attempt));
  json.at("survey").get_to(record.survey);
  json.at("calls").get_to(record.calls);
  return filed;
}

billing::Booked booked_from_json(const Json& json) {
  billing::Booked booked;
  json.at("seq").get_to(booked.seq);
  json.at("id").get_to(booked.entry.id);
  booked.entry.kind = read(json, "kind", billing::entry_kind_from_string);
  json.at("account").get_to(booked.entry.account);
  json.at("reference").get_to(booked.entry.reference);
  json.at("by").get_to(booked.entry.by);
  json.at("why").get_to(booked.entry.why);
  booked.entry.amount = read(json, "amount", Money::parse_yuan);
  booked.entry.at = time(json, "at");
  booked.balance_after = read(json, "balance_after", Money::parse_yuan);
  return booked;
}

}  // namespace hotline::admin
