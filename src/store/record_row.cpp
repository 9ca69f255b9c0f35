#include "store/record_row.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace hotline::store {

namespace {

template <class Value>
Value expect(std::optional<Value> value, const std::string& text) {
  if (!value) throw SQLite::Exception("a row holds \"" + text + "\", which means nothing");
  return *std::move(value);
}

template <class Word>
Word read_word(Row& row, std::optional<Word> (*from_string)(std::string_view)) {
  const std::string text = row.text();
  return expect(from_string(text), text);
}

}  // namespace

void put_record(Run& run, const cdr::Record& record) {
  run.word(record.id.to_string())
      .text(record.trunk)
      .text(record.caller_leg_id)
      .text(record.phone_leg_id)
      .text(record.account)
      .text(record.hotline)
      .text(record.caller_raw)
      .text(record.caller_e164)
      .text(record.province)
      .text(record.city)
      .text(record.area_code)
      .text(record.carrier)
      .text(record.presented)
      .time(record.received)
      .time(record.first_ring)
      .time(record.answered)
      .time(record.ended)
      .duration(record.ring)
      .duration(record.talk)
      .duration(record.billable)
      .duration(record.billed)
      .money(record.price_per_min)
      .money(record.charge)
      .word(to_string(record.release.by))
      .word(to_string(record.release.cause))
      .number(record.release.status)
      .number(record.release.q850)
      .word(to_string(record.evidence))
      .text(record.answered_by)
      .text(record.trace)
      .number(record.calls)
      .text(record.caller_kind)
      .text(record.decided)
      .text(record.asked)
      .text(record.phone_province)
      .text(record.tariff)
      .text(record.rate)
      .money(record.caller_fee)
      .text(record.caller_audio)
      .text(record.phone_audio)
      .time(record.bridged)
      .text(record.menu)
      .duration(record.waited)
      .number(record.survey)
      .text(record.recording);
}

cdr::Record read_record(Row& row) {
  cdr::Record record;
  const std::string id = row.text();
  record.id = expect(CallId::parse(id), id);
  record.trunk = row.text();
  record.caller_leg_id = row.text();
  record.phone_leg_id = row.text();
  record.account = row.text();
  record.hotline = row.text();
  record.caller_raw = row.text();
  record.caller_e164 = row.text();
  record.province = row.text();
  record.city = row.text();
  record.area_code = row.text();
  record.carrier = row.text();
  record.presented = row.text();
  record.received = row.time();
  record.first_ring = row.optional_time();
  record.answered = row.optional_time();
  record.ended = row.time();
  record.ring = row.duration();
  record.talk = row.duration();
  record.billable = row.duration();
  record.billed = row.seconds();
  record.price_per_min = row.money();
  record.charge = row.money();
  record.release.by = read_word(row, cdr::party_from_string);
  record.release.cause = read_word(row, cause_from_string);
  record.release.status = row.small_number();
  record.release.q850 = row.small_number();
  record.evidence = read_word(row, cdr::evidence_from_string);
  record.answered_by = row.text();
  record.trace = row.text();
  record.calls = static_cast<std::uint32_t>(row.number());
  record.caller_kind = row.text();
  record.decided = row.text();
  record.asked = row.text();
  record.phone_province = row.text();
  record.tariff = row.text();
  record.rate = row.text();
  record.caller_fee = row.money();
  record.caller_audio = row.text();
  record.phone_audio = row.text();
  record.bridged = row.optional_time();
  record.menu = row.text();
  record.waited = row.duration();
  record.survey = static_cast<std::uint8_t>(row.number());
  record.recording = row.text();
  return record;
}

cdr::PastCall read_past_call(Row& row) {
  cdr::PastCall call;
  const std::string id = row.text();
  call.id = expect(CallId::parse(id), id);
  call.hotline = row.text();
  call.caller_raw = row.text();
  call.caller_e164 = row.text();
  call.caller_kind = row.text();
  call.received = row.time();
  call.cause = read_word(row, cause_from_string);
  call.decided = row.text();
  call.asked = row.text();
  call.calls = static_cast<std::uint32_t>(row.number());
  call.first_phone = row.text();
  return call;
}

cdr::Summary read_summary(Row& row) {
  cdr::Summary summary;
  summary.account = row.text();
  summary.hotline = row.text();
  summary.caller = row.text();
  summary.province = row.text();
  summary.phone_province = row.text();
  summary.received = row.time();
  summary.answered = row.optional_time();
  summary.ended = row.time();
  summary.talk = row.duration();
  summary.billed = row.seconds();
  summary.charge = row.money();
  summary.cause = read_word(row, cause_from_string);
  summary.calls = static_cast<std::uint32_t>(row.number());
  summary.phone = row.text();
  summary.survey = static_cast<std::uint8_t>(row.number());
  return summary;
}

billing::EntryKind entry_kind_from(const std::string& word) {
  return expect(billing::entry_kind_from_string(word), word);
}

cdr::NoteKind note_kind_from(const std::string& word) {
  return expect(cdr::note_kind_from_string(word), word);
}

cdr::AttemptResult attempt_result_from(const std::string& word) {
  return expect(cdr::attempt_result_from_string(word), word);
}

void put_attempt(Run& run, int n, const cdr::Attempt& attempt) {
  run.number(n)
      .text(attempt.phone)
      .time(attempt.started)
      .duration(attempt.rang)
      .word(to_string(attempt.result))
      .number(attempt.status);
}

cdr::Attempt read_attempt(Row& row) {
  row.number();  // n: the rows come in its order
  cdr::Attempt attempt;
  attempt.phone = row.text();
  attempt.started = row.time();
  attempt.rang = row.duration();
  attempt.result = attempt_result_from(row.text());
  attempt.status = row.small_number();
  return attempt;
}

void put_entry(Run& run, const billing::LedgerEntry& entry) {
  run.text(entry.id)
      .word(to_string(entry.kind))
      .text(entry.account)
      .text(entry.reference)
      .money(entry.amount)
      .time(entry.at)
      .text(entry.by)
      .text(entry.why);
}

void read_entry(Row& row, billing::Booked& booked) {
  booked.entry.id = row.text();
  booked.entry.kind = entry_kind_from(row.text());
  booked.entry.account = row.text();
  booked.entry.reference = row.text();
  booked.entry.amount = row.money();
  booked.entry.at = row.time();
  booked.entry.by = row.text();
  booked.entry.why = row.text();
  booked.balance_after = row.money();
}

}  // namespace hotline::store
