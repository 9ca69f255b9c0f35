// The switchboard's front door: who may come in. Routing says whom to ring, billing whether the
// account may pay a unit; what is refused here rings no phone.
#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/base/lasting.h"
#include "hotline/call/switchboard.h"

#include "call/live_facts.h"

namespace hotline::call {
namespace {

// What is known of a call before any rule was asked.
cdr::Record draft_of(const CallOffered& offered, CallId id, Now now) {
  cdr::Record draft;
  draft.id = id;
  draft.trunk = offered.trunk;
  draft.caller_leg_id = offered.leg_id;
  draft.hotline = number::dialled_hotline(offered.dialled).value_or(offered.dialled);
  draft.caller_raw = offered.caller.raw;
  draft.caller_e164 = offered.caller.e164;
  draft.caller_kind = number::to_string(offered.caller.kind);
  draft.received = now.wall;
  return draft;
}

void write_place(cdr::Record& draft, const region::Table& regions, region::Located located) {
  const region::Place& place = regions.place(located.place);
  draft.province = place.province;
  draft.city = place.city;
  draft.area_code = place.area_code;
  draft.carrier = region::to_string(located.carrier);
}

void write_decision(cdr::Record& draft, const routing::Decision& decision) {
  draft.trace = routing::describe(decision.trace);
  draft.decided = routing::outcome(decision);
  draft.asked = routing::to_text(decision.asked);
}

// What the call costs, if it talks. Returns: the tariff, of the hotline's snapshot.
const billing::Tariff& write_tariff(cdr::Record& draft, const routing::Hotline& hotline,
                                    region::PlaceId place) {
  const routing::Rate* rate = routing::rate_for(hotline.rates.get(), place, draft.received);
  const billing::Tariff& tariff = rate == nullptr ? hotline.package->tariff : rate->tariff;
  draft.price_per_min = tariff.price_per_min;
  draft.tariff = billing::to_text(tariff);
  if (rate != nullptr) draft.rate = rate->name;
  return tariff;
}

std::string presented_number(const routing::Hotline& hotline, const std::string& dialled,
                             const number::Number& caller) {
  switch (hotline.present) {
    case routing::Present::hotline:
      return dialled;
    case routing::Present::caller:
      return caller.kind == number::Kind::withheld ? std::string() : caller.raw;
  }
  HOTLINE_EXPECT(false);
  return {};
}

}  // namespace

// Refusals that need no rule of the hotline's, cheapest first.
std::optional<Cause> Switchboard::closed_to(const CallOffered& offered) const {
  if (offered.looped) return Cause::loop;
  if (offered.hops_left <= 0) return Cause::hop_limit;
  if (door_closed_) return door_closed_;
  if (calls_.size() >= max_calls_ || offered.no_ports) return Cause::overload;
  if (!ports_.store.takes_new_calls()) return Cause::store_down;
  return std::nullopt;
}

void Switchboard::receive(const CallOffered& offered, Now now) {
  cdr::Record draft = draft_of(offered, ids_.next(now.wall), now);
  if (const auto cause = closed_to(offered)) return refuse(offered, std::move(draft), *cause, now);
  const LegId caller = LegId::caller(offered.call);
  const routing::Trunk* trunk = snapshot_->trunk(offered.trunk);
  if (trunk != nullptr && !trunks_.take(caller, *trunk, now.mono)) {
    return refuse(offered, std::move(draft), Cause::overload, now);
  }
  const routing::Hotline* hotline = snapshot_->find(draft.hotline);
  if (hotline == nullptr) {
    return refuse(offered, std::move(draft), Cause::unknown_number, now);
  }
  draft.account = hotline->account;
  const LiveFacts facts(*this, offered, draft.id.random_bits(), now);
  const routing::Question question{*snapshot_, *hotline, offered.caller, now.wall, facts};
  if (snapshot_->guard && !routing::is_welcome(question)) {
    logbook_.count(*snapshot_->guard, offered.caller.e164, now);
  }
  routing::Decision decision = routing::decide(question);
  write_place(draft, *snapshot_->regions, decision.located);
  write_decision(draft, decision);
  tell_cap(*hotline, decision, now);
  const billing::Tariff& tariff = write_tariff(draft, *hotline, decision.located.place);
  const auto* cause = std::get_if<Cause>(&decision.verdict);
  if (cause != nullptr && !answers_refusal(offered, *hotline, *cause)) {
    logbook_.called(*hotline, offered.caller.e164, {now.wall, {}});
    return refuse(offered, std::move(draft), *cause, now);
  }
  draft.presented = presented_number(*hotline, draft.hotline, offered.caller);
  switch (accounts_.admit(hotline->account, *hotline->package, tariff)) {
    case billing::Admission::granted:
      return admit(offered, *hotline, tariff, std::move(draft), std::move(decision), now);
    case billing::Admission::suspended:
      return refuse(offered, std::move(draft), cause ? *cause : Cause::suspended, now);
    case billing::Admission::no_credit:
      return refuse(offered, std::move(draft), cause ? *cause : Cause::no_credit, now);
  }
}

// Is the caller answered for the words of its refusal?
bool Switchboard::answers_refusal(const CallOffered& offered, const routing::Hotline& hotline,
                                  Cause cause) {
  return hotline.answers_refusals && offered.playing == Playing::possible &&
         !routing::announcement_for(hotline.announcements.get(), cause).empty();
}

// The account's owner is told once a month of each cap that calls meet, refused or diverted. After
// a restart the store still knows which notices there were.
void Switchboard::tell_cap(const routing::Hotline& hotline, const routing::Decision& decision,
                           Now now) {
  const auto step = std::find_if(decision.trace.begin(), decision.trace.end(), [](const auto& one) {
    return one.said == routing::TraceStep::Said::cap_reached;
  });
  if (step == decision.trace.end()) return;
  const routing::AccountRules* rules = hotline.account_rules.get();
  const bool of_account = rules != nullptr && step->name == &rules->name;
  if (!logbook_.met_cap(hotline, of_account, now.wall)) return;
  const routing::MonthCap& cap = of_account ? *rules->month_cap : *hotline.month_cap;
  accounts_.tell(billing::cap_notice(
      hotline.account, {of_account ? std::string() : hotline.number, cap.spend, cap.calls},
      now.wall));
  keep_postings();
}

void Switchboard::refuse(const CallOffered& offered, cdr::Record record, Cause cause, Now now) {
  trunks_.free(LegId::caller(offered.call));
  const CauseCodes codes = codes_of(cause);
  record.ended = now.wall;
  record.release = cdr::Release{cdr::Party::server, cause, codes.status, codes.q850};
  const routing::Hotline* hotline = snapshot_->find(record.hotline);
  ports_.signalling.perform(refusal_of(
      offered, hotline ? hotline->announcements.get() : snapshot_->announcements.get(), cause));
  ports_.watcher.ended(record);
  ports_.store.perform(RecordRefusal{offered.call, std::move(record)});
}

void Switchboard::turned_away(const std::string& trunk, std::uint32_t calls, Now now) {
  cdr::Record record;
  record.id = ids_.next(now.wall);
  record.trunk = trunk;
  record.calls = calls;
  record.received = record.ended = now.wall;
  const CauseCodes codes = codes_of(Cause::overload);
  record.release = cdr::Release{cdr::Party::server, Cause::overload, codes.status, codes.q850};
  ports_.watcher.ended(record);
  ports_.store.perform(RecordRefusal{{}, std::move(record)});
}

void Switchboard::admit(const CallOffered& offered, const routing::Hotline& hotline,
                        const billing::Tariff& tariff, cdr::Record draft,
                        routing::Decision decision, Now now) {
  take_turn(decision.verdict);
  Call call(Admitted{offered.call, snapshot_, &hotline, &tariff, std::move(decision),
                     std::move(draft), offered});
  Live& live = keep(std::move(call));
  logbook_.admitted(hotline, tariff.entry_price());
  if (snapshot_->max_calls_per_caller > 0) {
    logbook_.call_began(offered.caller.e164);
    live.counted = true;
  }
  ports_.watcher.happened(offered, &live.call.record());
  carry_out(offered.call, live, live.call.begin(now), now);
}

Switchboard::Live& Switchboard::keep(Call call) {
  const Lasting lasting;
  const auto [entry, fresh] = calls_.try_emplace(call.ref(), std::move(call));
  HOTLINE_EXPECT(fresh);
  return entry->second;
}

}  // namespace hotline::call
