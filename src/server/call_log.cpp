// What happens to calls, in words.
#include <chrono>
#include <string>

#include "server/log.h"

namespace hotline::server {
namespace {

std::string text(Milliseconds span) { return std::to_string(span.count()); }

// The word for each kind of event, and what is worth saying of it.
struct Describe {
  Fields& fields;

  void say(const char* word) const { fields.emplace_back("event", word); }
  void say(const char* word, LegId leg) const {
    say(word);
    fields.emplace_back("leg", std::to_string(leg.number));
  }

  void operator()(const call::CallOffered& event) const {
    say("offered");
    fields.emplace_back("trunk", event.trunk);
    fields.emplace_back("dialled", event.dialled);
    fields.emplace_back("caller", event.caller.e164.empty() ? event.caller.raw : event.caller.e164);
  }
  void operator()(const call::CallerCancelled&) const { say("caller_cancelled"); }
  void operator()(const call::CallerConfirmed&) const { say("caller_confirmed"); }
  void operator()(const call::CallerLost&) const { say("caller_lost"); }
  void operator()(const call::PhoneRang& event) const { say("phone_rang", event.leg); }
  void operator()(const call::PhoneAnswered& event) const { say("phone_answered", event.leg); }
  void operator()(const call::PhoneFailed& event) const {
    say("phone_failed", event.leg);
    fields.emplace_back("status", std::to_string(event.status));
  }
  void operator()(const call::HungUp& event) const {
    say("hung_up", event.leg);
    fields.emplace_back("waited_ms", std::to_string(event.waited.count()));
  }
  void operator()(const call::MediaOffered& event) const { say("media_offered", event.leg); }
  void operator()(const call::MediaWithdrawn& event) const { say("media_withdrawn", event.leg); }
  void operator()(const call::MediaAccepted& event) const { say("media_accepted", event.leg); }
  void operator()(const call::MediaRejected& event) const { say("media_rejected", event.leg); }
  void operator()(const call::MediaConfirmed& event) const { say("media_confirmed", event.leg); }
  void operator()(const call::TargetRefreshed& event) const { say("target_refreshed", event.leg); }
  void operator()(const call::TransferAsked& event) const {
    say("transfer_asked", event.leg);
    fields.emplace_back("target", event.target);
  }
  void operator()(const call::LegProbed& event) const {
    say(event.is_alive ? "leg_alive" : "leg_gone", event.leg);
  }
  void operator()(const call::SessionExpired& event) const { say("session_expired", event.leg); }
  void operator()(const call::KeyPressed& event) const { say("key_pressed", event.leg); }
  void operator()(const call::PlayedOut& event) const { say("played_out", event.leg); }
  void operator()(const call::MediaLost&) const { say("media_lost"); }
  void operator()(const call::AdmissionStored&) const { say("admission_stored"); }
  void operator()(const call::AnswerStored&) const { say("answer_stored"); }
  void operator()(const call::StoreFailed&) const { say("store_failed"); }
  void operator()(const call::TimePassed&) const { say("time_passed"); }
  void operator()(const call::PlanMade& event) const {
    say("plan_made");
    fields.emplace_back("decided", routing::outcome(*event.decision));
  }
  void operator()(const call::PlaceTold& event) const {
    say("place_told");
    fields.emplace_back("ahead", std::to_string(event.place.ahead));
    if (!event.place.expected) return;
    fields.emplace_back("expected_ms", std::to_string(event.place.expected->count()));
  }
  void operator()(const call::PhonesFree&) const { say("phones_free"); }
  void operator()(const call::UnitsReserved& event) const {
    say("units_reserved");
    fields.emplace_back("units", std::to_string(event.units));
  }
  void operator()(const call::UnitsForeseen& event) const {
    say("units_foreseen");
    fields.emplace_back("units", std::to_string(event.units));
  }
  void operator()(const call::MoneyArrived&) const { say("money_arrived"); }
  void operator()(const call::EndRequested& event) const {
    say("end_requested");
    fields.emplace_back("cause", std::string(to_string(event.cause)));
  }
};

}  // namespace

void CallLog::happened(const call::Event& event, const cdr::Record* record) {
  if (record == nullptr || !logs_debug()) return;  // null: a late word about a call that is over
  Fields fields{{"call", record->id.to_string()}};
  std::visit(Describe{fields}, event);
  log_debug(fields);
}

// What was left out is told with the first call of another second.
bool CallLog::leaves_out(const cdr::Record& record) {
  const auto second = std::chrono::floor<Seconds>(record.ended);
  if (second != second_) {
    if (left_out_ > 0) {
      log_info({{"event", "refused_unlogged"}, {"calls", std::to_string(left_out_)}});
    }
    second_ = second;
    refusals_ = left_out_ = 0;
  }
  if (record.answered || ++refusals_ <= kMostRefusals) return false;
  left_out_ += record.calls;
  return true;
}

void CallLog::ended(const cdr::Record& record) {
  if (leaves_out(record)) return;
  log_info({{"call", record.id.to_string()},
            {"event", record.answered ? "ended" : "refused"},
            {"hotline", record.hotline},
            {"caller", record.caller_e164.empty() ? record.caller_raw : record.caller_e164},
            {"by", std::string(cdr::to_string(record.release.by))},
            {"cause", std::string(to_string(record.release.cause))},
            {"status", std::to_string(record.release.status)},
            {"calls", std::to_string(record.calls)},
            {"answered_by", record.answered_by},
            {"talk_ms", text(record.talk)},
            {"charge", record.charge.to_yuan()}});
}

void CallLog::posted(const billing::Posting& posting) {
  for (const billing::LedgerEntry& entry : posting.entries) {
    log_info({{"event", "fee"},
              {"account", entry.account},
              {"kind", std::string(to_string(entry.kind))},
              {"amount", entry.amount.to_yuan()},
              {"id", entry.id}});
  }
  for (const billing::AccountEvent& event : posting.events) {
    log_info({{"event", "account"},
              {"account", event.account},
              {"state", std::string(to_string(event.to))},
              {"cause", event.cause}});
  }
  for (const billing::Notice& notice : posting.notices) {
    log_info({{"event", "notice"},
              {"account", notice.account},
              {"kind", std::string(to_string(notice.kind))},
              {"id", notice.id}});
  }
}

}  // namespace hotline::server
