// The handlers of a call: one when(State&, Event) for each pair that means something, grouped by
// state in hunting.cpp, committing.cpp and talking.cpp; and the pairs that mean nothing, each with
// its reason. A pair in neither does not compile.
#pragma once

#include "hotline/call/call.h"

namespace hotline::call {

struct Handlers {
  Call& call;
  Now now;
  Actions& actions;

  // --- hunting: phones ring
  void begin();
  void when(Hunting& hunting, const PhoneRang& event);
  void when(Hunting& hunting, const PhoneAnswered& event);
  void when(Hunting& hunting, const PhoneFailed& event);
  void when(Hunting& hunting, const HungUp& event);
  void when(Hunting& hunting, const MediaOffered& event);
  void when(Hunting& hunting, const KeyPressed& event);
  void when(Hunting& hunting, const TransferAsked& event);
  void when(Hunting& hunting, const TimePassed& event);
  void when(Hunting& hunting, const PlanMade& event);
  void when(Hunting& hunting, const CallerCancelled& event);
  void when(Hunting& hunting, const CallerLost& event);
  void when(Hunting& hunting, const StoreFailed& event);
  void when(Hunting& hunting, const EndRequested& event);

  // --- committing: a phone has answered, the caller does not know yet
  void when(Committing& committing, const AnswerStored& event);
  void when(Committing& committing, const StoreFailed& event);
  void when(Committing& committing, const TimePassed& event);
  void when(Committing& committing, const CallerCancelled& event);
  void when(Committing& committing, const CallerLost& event);
  void when(Committing& committing, const HungUp& event);
  void when(Committing& committing, const MediaOffered& event);
  void when(Committing& committing, const PhoneAnswered& event);
  void when(Committing& committing, const TransferAsked& event);
  void when(Committing& committing, const EndRequested& event);

  // --- talking: both sides are connected, the meter runs
  void when(Talking& talking, const CallerConfirmed& event);
  void when(Talking& talking, const CallerLost& event);
  void when(Talking& talking, const HungUp& event);
  void when(Talking& talking, const MediaOffered& event);
  void when(Talking& talking, const MediaWithdrawn& event);
  void when(Talking& talking, const MediaAccepted& event);
  void when(Talking& talking, const MediaRejected& event);
  void when(Talking& talking, const MediaConfirmed& event);
  void when(Talking& talking, const SessionExpired& event);
  void when(Talking& talking, const MediaLost& event);
  void when(Talking& talking, const TimePassed& event);
  void when(Talking& talking, const UnitsReserved& event);
  void when(Talking& talking, const MoneyArrived& event);
  void when(Talking& talking, const EndRequested& event);
  void when(Talking& talking, const PhoneAnswered& event);
  void when(Talking& talking, const TransferAsked& event);

  // --- shared
  LegId leg(std::uint32_t number) const { return LegId{call.ref_, number}; }
  const routing::RingPlan& plan() const { return call.hunt_->plan; }
  // The caller offered no media: the phone that answers does.
  bool is_delayed_offer() const { return call.delayed_offer_; }
  cdr::Record& record() { return call.record_; }
  // As the record has it.
  const std::string& name_of(const routing::Phone& phone) const {
    return routing::name_at(*call.hotline_, phone);
  }
  State& state() { return call.state_; }

 private:
  // hunting
  void begin_plan(Hunting& hunting);
  void ring_next_stage(Hunting& hunting);
  void plan_is_used_up(Hunting& hunting);
  void ring(Hunting& hunting, const routing::Phone& phone);
  void stop_ringing(Hunting& hunting, cdr::AttemptResult result, bool elsewhere);
  void note_attempt(const Ringing& ringing, cdr::AttemptResult result, int status);
  std::optional<routing::Failed> why_nobody_answered(const Hunting& hunting) const;
  void give_up(Hunting& hunting, Cause cause);
  bool has_to_confirm(const Ringing& ringing) const;
  void ask_to_confirm(Ringing& ringing, const PhoneAnswered& event);
  void take(Hunting& hunting, std::vector<Ringing>::iterator winner, const PhoneAnswered& event);
  void stop(const Ringing& ringing, bool elsewhere);
  std::string next_ringback(Hunting& hunting, LegId phone);

  // committing
  void drop_answer(Committing& committing, cdr::Party by, Cause cause);

  // talking
  void ask_for_units(Talking& talking);
  void end_talk(Talking& talking, cdr::Party by, Cause cause, cdr::EndEvidence evidence, int q850);
  // It is billed until `end`, which is not after now.
  void end_talk(Talking& talking, Instant end, cdr::Party by, Cause cause,
                cdr::EndEvidence evidence, int q850);

  // The caller is gone without a word, and was told so.
  void lose_caller();
  // An answer that came when another phone had won already.
  void turn_away(LegId loser);
  void decline_transfer(LegId phone);
  // Ends the call: completes the record and hands it to the store.
  void close(cdr::Party by, Cause cause, int status, int q850);
};

}  // namespace hotline::call
