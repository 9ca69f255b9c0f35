// The handlers of a call: one when(State&, Event) for each pair that means something, grouped by
// state in choosing.cpp, hunting.cpp (queueing.cpp while it waits), committing.cpp, talking.cpp,
// surveying.cpp, dictating.cpp, parting.cpp and (resuming) adopting.cpp; what an answered caller
// does in any of them in answered.cpp; and the pairs that mean nothing, each with its reason, in
// ignored.h. A pair in neither does not compile.
#pragma once

#include "hotline/call/call.h"

namespace hotline::call {

// All states in which there is a caller.
template <class State>
concept Live = !std::is_same_v<State, Over>;
// Those of them in which it talks to nobody yet.
template <class State>
concept Alone =
    Live<State> && !std::is_same_v<State, Talking> && !std::is_same_v<State, Transferring>;
// Those of them that speak to the caller, who is answered for it.
template <class State>
concept Speaking = std::is_same_v<State, Choosing> || std::is_same_v<State, Dictating> ||
    std::is_same_v<State, Parting>;

// What a record says of an attempt that failed so.
cdr::AttemptResult result_of(Failure how);

struct Handlers {
  Call& call;
  Now now;
  Actions& actions;

  void begin();

  // --- choosing: the caller is in a menu
  void when(Choosing& choosing, const PlayedOut& event);
  void when(Choosing& choosing, const KeyPressed& event);
  void when(Choosing& choosing, const TimePassed& event);
  void when(Choosing& choosing, const PlanMade& event);

  // --- hunting: phones ring, or the caller waits until one is free
  void when(Hunting& hunting, const PhoneRang& event);
  void when(Hunting& hunting, const PhoneAnswered& event);
  void when(Hunting& hunting, const PhoneFailed& event);
  void when(Hunting& hunting, const HungUp& event);
  void when(Hunting& hunting, const KeyPressed& event);
  void when(Hunting& hunting, const TimePassed& event);
  void when(Hunting& hunting, const PlanMade& event);
  void when(Hunting& hunting, const PlaceTold& event);
  void when(Hunting& hunting, const PhonesFree& event);
  void when(Hunting& hunting, const PlayedOut& event);
  void when(Hunting& hunting, const AnswerStored& event);

  // --- committing: a phone has answered, the caller does not know yet
  void when(Committing& committing, const AnswerStored& event);
  void when(Committing& committing, const StoreFailed& event);
  void when(Committing& committing, const TimePassed& event);
  void when(Committing& committing, const HungUp& event);

  // --- talking: both sides are connected
  void when(Talking& talking, const CallerConfirmed& event);
  void when(Talking& talking, const HungUp& event);
  void when(Talking& talking, const MediaOffered& event);
  void when(Talking& talking, const MediaWithdrawn& event);
  void when(Talking& talking, const MediaAccepted& event);
  void when(Talking& talking, const MediaRejected& event);
  void when(Talking& talking, const MediaConfirmed& event);
  void when(Talking& talking, const SessionExpired& event);
  void when(Talking& talking, const MediaLost& event);
  void when(Talking& talking, const TimePassed& event);
  void when(Talking& talking, const TransferAsked& event);
  void when(Talking& talking, const KeyPressed& event);

  void when(Talking& talking, const UnitsForeseen& event);

  // --- transferring: the phone has passed its caller on, to one that rings
  void when(Transferring& transferring, const PhoneRang& event);
  void when(Transferring& transferring, const PhoneAnswered& event);
  void when(Transferring& transferring, const PhoneFailed& event);
  void when(Transferring& transferring, const KeyPressed& event);
  void when(Transferring& transferring, const HungUp& event);
  void when(Transferring& transferring, const SessionExpired& event);
  void when(Transferring& transferring, const MediaOffered& event);
  void when(Transferring& transferring, const TransferAsked& event);
  void when(Transferring& transferring, const TimePassed& event);
  // What was under way with the phone that passes its caller on.
  template <class Event>
  requires std::is_same_v<Event, CallerConfirmed> || std::is_same_v<Event, MediaWithdrawn> ||
      std::is_same_v<Event, MediaAccepted> || std::is_same_v<Event, MediaRejected> ||
      std::is_same_v<Event, MediaConfirmed>
  void when(Transferring& transferring, const Event& event) { when(transferring.talk, event); }

  // --- surveying: the caller is asked how it was
  void when(Surveying& surveying, const PlayedOut& event);
  void when(Surveying& surveying, const KeyPressed& event);
  void when(Surveying& surveying, const TimePassed& event);

  // --- dictating: the caller leaves a message
  void when(Dictating& dictating, const PlayedOut& event);
  void when(Dictating& dictating, const KeyPressed& event);
  void when(Dictating& dictating, const TimePassed& event);

  // --- parting: the caller hears why nobody talks to it
  void when(Parting& parting, const StoreFailed& event);
  void when(Parting& parting, const PlayedOut& event);
  void when(Parting& parting, const TimePassed& event);

  // --- resuming: the caller has outlived a process, without a phone
  void when(Resuming& resuming, const TimePassed& event);
  void when(Resuming& resuming, const PlanMade& event);

  // --- a caller in any state: answered, most of the time
  template <Live State>
  void when(State&, const UnitsReserved& event) {
    units_reserved(event);
  }
  template <Live State>
  void when(State&, const MoneyArrived&) {
    money_arrived();
  }
  template <Live State>
  void when(State&, const EndRequested& event) {
    end_requested(event);
  }
  template <Live State>
  void when(State&, const CallerLost&) {
    caller_lost();
  }
  template <Live State>
  void when(State&, const LegProbed& event) {
    leg_probed(event);
  }
  template <Live State>
  void when(State&, const TargetRefreshed& event) {
    target_refreshed(event);
  }
  template <Live State>
  void when(State&, const PhoneAnswered& event) {
    turn_away(event.leg);
  }
  template <Alone State>
  void when(State&, const CallerCancelled&) {
    caller_cancelled();
  }
  template <Alone State>
  void when(State&, const StoreFailed&) {
    store_failed();
  }
  template <Speaking State>
  void when(State& state, const AnswerStored&) {
    if (answer_by_ourselves()) speak(state);
  }
  template <Alone State>
  void when(State&, const CallerConfirmed&) {
    if (call.answered_) caller_confirmed();
  }
  template <Alone State>
  void when(State&, const HungUp& event) {
    if (event.leg.is_caller()) caller_hung_up(event);
  }
  template <Alone State>
  void when(State&, const SessionExpired& event) {
    if (event.leg.is_caller()) end_all(cdr::Party::caller, Cause::session_expired);
  }
  template <Alone State>
  void when(State&, const MediaOffered& event) {
    offered_while_alone(event);
  }
  template <Alone State>
  void when(State&, const TransferAsked& event) {
    decline_transfer(event.leg);
  }

  // --- shared
  LegId leg(std::uint32_t number) const { return LegId{call.ref_, number}; }
  // Requires: phones ring.
  const routing::RingPlan& plan() const { return std::get<routing::RingPlan>(call.hunt_->verdict); }
  const CallOffered& offered() const { return call.hunt_->offered; }
  // The caller offered no media: the phone that answers does.
  bool is_delayed_offer() const { return call.delayed_offer_; }
  cdr::Record& record() { return call.record_; }
  // As the record has it.
  const std::string& name_of(const routing::Phone& phone) const {
    return routing::name_at(*call.hotline_, phone);
  }
  State& state() { return call.state_; }

 private:
  // Where the last verdict sends the call.
  void go_on();
  void take_over(const routing::Decision& decision);

  // Speaks to the caller from now on, once it is answered.
  template <Speaking State>
  void enter(State next) {
    if (auto* hunting = std::get_if<Hunting>(&state())) has_left(*hunting);
    next.due = now.mono + kAnswerPatience;
    State& entered = state().template emplace<State>(std::move(next));
    if (call.answered_) return speak(entered);
    if (!call.answering_) begin_answer();
  }
  void speak(Choosing& choosing) { prompt(choosing, false); }
  void speak(Dictating& dictating);
  void speak(Parting& parting);

  // choosing
  void open_menu(const routing::Menu& menu);
  void prompt(Choosing& choosing, bool was_wrong);
  void choose(Choosing& choosing, const routing::Option* option);
  void try_again(Choosing& choosing, bool was_wrong);

  // hunting
  void hunt();
  Hunting& hunting_on();
  void begin_plan(Hunting& hunting);
  void ring_next_stage(Hunting& hunting);
  void plan_is_used_up(Hunting& hunting);
  void ring(Hunting& hunting, const routing::Phone& phone);
  Ringing ring(const routing::Phone& phone, const Shown& shown, const Media& offer);
  Shown shown() const;
  void stop_ringing(Hunting& hunting, cdr::AttemptResult result, bool elsewhere);
  void note_attempt(const Ringing& ringing, cdr::AttemptResult result, int status);
  std::optional<routing::Failed> why_nobody_answered(const Hunting& hunting) const;
  void hunt_is_over(Hunting& hunting);
  void stop_late_phones(Hunting& hunting);
  bool has_to_confirm(const Ringing& ringing) const;
  void ask_to_confirm(Ringing& ringing, const PhoneAnswered& event);
  void accept(Hunting& hunting, std::vector<Ringing>::iterator winner, const PhoneAnswered& event);
  void phone_was_told(Hunting& hunting, LegId phone);
  void whisper_is_over(Hunting& hunting, std::vector<Ringing>::iterator winner);
  void take(Hunting& hunting, std::vector<Ringing>::iterator winner, const PhoneAnswered& event);
  void stop(const Ringing& ringing, bool elsewhere);
  // What the caller is to hear from now on; empty: what it hears.
  std::string next_ringback(Hunting& hunting, const routing::Phone& phone);

  // queueing
  void join(const routing::Queue& queue);
  void say_place(Hunting& hunting, const Queues::Place& place);
  void leave_queue(Hunting& hunting, routing::Left why, const routing::Option* option);
  void leave_by(Hunting& hunting, char key);
  // Writes down how long it has waited.
  void has_left(Hunting& hunting);

  // recording
  bool is_to_be_recorded() const;
  // A phone is about to be rung: what is recorded has to be in a codec that we speak.
  void prepare_recording();
  // A phone has taken the call.
  void name_recording();
  void begin_recording(std::uint32_t phone);

  // committing
  void drop_answer(Committing& committing, cdr::Party by, Cause cause);
  void begin_talk(const Committing& committing);

  // answered
  // By us, before any phone: once the store has it.
  void begin_answer();
  void caller_is_answered();
  // Tells the caller, now that the store has it. Returns: whether we are to.
  bool answer_by_ourselves();
  // What a restart has to know of the answer, and of the phone that is behind it.
  void journal_answer(const PhoneAnswered* phone);
  void journal_answer(const Ringing& winner, const PhoneAnswered& answered);
  bool can_play() const { return call.answered_ || offered().playing == Playing::possible; }
  // Asks for money that is due. Returns: whether the call has ended, for it was long enough.
  bool time_is_up();
  void ask_for_units();
  void units_reserved(const UnitsReserved& event);
  void money_arrived();
  void end_requested(const EndRequested& event);
  void caller_cancelled();
  void store_failed();
  void caller_hung_up(const HungUp& event);
  void offered_while_alone(const MediaOffered& event);
  // Ends whatever phones ring or talk.
  void drop_phones(Cause cause);
  // Hangs up both sides; billed until now.
  void end_all(cdr::Party by, Cause cause, cdr::EndEvidence evidence = cdr::EndEvidence::bye);
  void end_talk(cdr::Party by, Cause cause, cdr::EndEvidence evidence, int q850);
  Instant known_end(Instant end) const;
  void end_talk(const HungUp& event, cdr::Party by, Cause cause, int q850);
  // It is billed until `end`, or now, if that is earlier.
  void end_talk(Instant end, cdr::Party by, Cause cause, cdr::EndEvidence evidence, int q850);

  // Looks how long the money lasts: both sides hear a tone before it ends.
  void look_ahead();

  // transferring
  const routing::Phone* whom_to_ring(const std::string& target);
  const routing::Phone* outside_phone(const std::string& number);
  void pass_on(const Talking& talking, const routing::Phone& phone);
  void connect(Transferring& transferring, const PhoneAnswered& answered);
  // The caller is back with the phone that passed it on or, where that has left, alone.
  void not_passed_on(Transferring& transferring, int status, Cause cause);

  // surveying
  void ask_the_caller();

  // dictating
  void open_box(const routing::Voicemail& box);

  // parting
  // Nobody talks to the caller: it is refused or, answered, hears why.
  // Requires: no phone rings.
  void give_up(Cause cause);
  void refuse(Cause cause);
  void hang_up(const Parting& parting);

  // The caller is gone without a word, and was told so.
  void caller_lost();
  void leg_probed(const LegProbed& event);
  void target_refreshed(const TargetRefreshed& event);
  void ended_with_the_server();
  void lives(LegId side);
  void caller_confirmed();
  // An answer that came when another phone had won already.
  void turn_away(LegId loser);
  void decline_transfer(LegId phone, int status = 603);
  // Ends the call: completes the record and hands it to the store.
  void close(cdr::Party by, Cause cause, int status, int q850);
};

}  // namespace hotline::call
