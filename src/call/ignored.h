// The pairs of state and event that mean nothing, each with its reason. Reasons are for readers;
// that a pair stands here, or has a handler, is checked when Call::on is compiled.
#pragma once

#include "hotline/call/call.h"

namespace hotline::call {

template <class State, class Event>
inline constexpr const char* kIgnored = nullptr;

// CallOffered makes a call; the switchboard never hands it to one.
template <class State>
inline constexpr const char* kIgnored<State, CallOffered> = "a call is offered once";

// AdmissionStored: phones ring without waiting for it.
template <class State>
inline constexpr const char* kIgnored<State, AdmissionStored> = "nothing waits for it";

// Before a caller talks to anybody, and when it does no more, nobody's media is under way.
template <class State>
concept Early = std::is_same_v<State, Choosing> || std::is_same_v<State, Hunting> ||
    std::is_same_v<State, Resuming>;
template <class State>
concept Late = std::is_same_v<State, Surveying> || std::is_same_v<State, Dictating> ||
    std::is_same_v<State, Parting>;

template <Early State>
inline constexpr const char* kIgnored<State, MediaWithdrawn> = "nothing is offered to anybody yet";
template <Early State>
inline constexpr const char* kIgnored<State, MediaAccepted> = "nothing is offered to anybody yet";
template <Early State>
inline constexpr const char* kIgnored<State, MediaRejected> = "nothing is offered to anybody yet";
template <Early State>
inline constexpr const char* kIgnored<State, MediaConfirmed> = "nothing is offered to anybody yet";
template <Early State>
inline constexpr const char* kIgnored<State, MediaLost> = "nobody has to speak";
template <Late State>
inline constexpr const char* kIgnored<State, MediaWithdrawn> = "nothing is offered any more";
template <Late State>
inline constexpr const char* kIgnored<State, MediaAccepted> = "nothing is offered any more";
template <Late State>
inline constexpr const char* kIgnored<State, MediaRejected> = "nothing is offered any more";
template <Late State>
inline constexpr const char* kIgnored<State, MediaConfirmed> = "nothing is offered any more";
template <Late State>
inline constexpr const char* kIgnored<State, MediaLost> = "nobody has to speak";

template <>
inline constexpr const char* kIgnored<Choosing, PhoneRang> = "one that was given up rang on";
template <>
inline constexpr const char* kIgnored<Choosing, PhoneFailed> =
    "the end of one that was given up, noted before";
template <>
inline constexpr const char* kIgnored<Choosing, PlaceTold> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Choosing, PhonesFree> = "it has left the queue";

template <>
inline constexpr const char* kIgnored<Surveying, PhoneRang> = "one that was given up rang on";
template <>
inline constexpr const char* kIgnored<Surveying, PhoneFailed> =
    "the end of one that was given up, noted before";
template <>
inline constexpr const char* kIgnored<Surveying, PlaceTold> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Surveying, PhonesFree> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Surveying, AnswerStored> = "it was answered before";
template <>
inline constexpr const char* kIgnored<Surveying, PlanMade> = "nothing was sought";

template <>
inline constexpr const char* kIgnored<Dictating, PhoneRang> = "one that was given up rang on";
template <>
inline constexpr const char* kIgnored<Dictating, PhoneFailed> =
    "the end of one that was given up, noted before";
template <>
inline constexpr const char* kIgnored<Dictating, PlaceTold> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Dictating, PhonesFree> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Dictating, PlanMade> = "nothing was sought";

template <>
inline constexpr const char* kIgnored<Parting, PhoneRang> = "one that was given up rang on";
template <>
inline constexpr const char* kIgnored<Parting, PhoneFailed> =
    "the end of one that was given up, noted before";
template <>
inline constexpr const char* kIgnored<Parting, PlaceTold> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Parting, PhonesFree> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Parting, PlanMade> = "nothing was sought";
template <>
inline constexpr const char* kIgnored<Parting, KeyPressed> = "there is nothing to choose";

template <>
inline constexpr const char* kIgnored<Resuming, PhoneRang> = "no phone has been rung yet";
template <>
inline constexpr const char* kIgnored<Resuming, PhoneFailed> = "no phone has been rung yet";
template <>
inline constexpr const char* kIgnored<Resuming, PlaceTold> = "it is in no queue yet";
template <>
inline constexpr const char* kIgnored<Resuming, PhonesFree> = "it is in no queue yet";
template <>
inline constexpr const char* kIgnored<Resuming, PlayedOut> = "nothing is played yet";
template <>
inline constexpr const char* kIgnored<Resuming, KeyPressed> = "there is nothing to choose yet";
template <>
inline constexpr const char* kIgnored<Resuming, AnswerStored> = "it was answered before";

template <>
inline constexpr const char* kIgnored<Committing, PhoneRang> = "a loser rang on";
template <>
inline constexpr const char* kIgnored<Committing, PhoneFailed> = "a loser's end, noted before";
template <>
inline constexpr const char* kIgnored<Committing, MediaWithdrawn> = "it is rejected already";
template <>
inline constexpr const char* kIgnored<Committing, MediaAccepted> = "nothing was offered";
template <>
inline constexpr const char* kIgnored<Committing, MediaRejected> = "nothing was offered";
template <>
inline constexpr const char* kIgnored<Committing, MediaConfirmed> = "nothing was offered";
template <>
inline constexpr const char* kIgnored<Committing, KeyPressed> = "the call is taken already";
template <>
inline constexpr const char* kIgnored<Committing, PlayedOut> = "the phone follows";
template <>
inline constexpr const char* kIgnored<Committing, MediaLost> = "it is a moment's silence";
template <>
inline constexpr const char* kIgnored<Committing, PlanMade> = "a phone answered meanwhile";
template <>
inline constexpr const char* kIgnored<Committing, PlaceTold> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Committing, PhonesFree> = "it has left the queue";

template <>
inline constexpr const char* kIgnored<Talking, CallerCancelled> = "too late: it was answered";
template <>
inline constexpr const char* kIgnored<Talking, PhoneRang> = "a loser rang on";
template <>
inline constexpr const char* kIgnored<Talking, PhoneFailed> = "a loser's end, noted before";
template <>
inline constexpr const char* kIgnored<Talking, AnswerStored> = "said once, and heard";
template <>
inline constexpr const char* kIgnored<Talking, PlanMade> = "a phone answered meanwhile";
template <>
inline constexpr const char* kIgnored<Talking, PlayedOut> = "the other side follows";
template <>
inline constexpr const char* kIgnored<Talking, PlaceTold> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Talking, PhonesFree> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Talking, StoreFailed> =
    "live calls go on while the store is in trouble";

template <>
inline constexpr const char* kIgnored<Transferring, CallerCancelled> = "too late: it was answered";
template <>
inline constexpr const char* kIgnored<Transferring, AnswerStored> = "said once, and heard";
template <>
inline constexpr const char* kIgnored<Transferring, StoreFailed> =
    "live calls go on while the store is in trouble";
template <>
inline constexpr const char* kIgnored<Transferring, PlanMade> = "nothing was sought";
template <>
inline constexpr const char* kIgnored<Transferring, PlaceTold> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Transferring, PhonesFree> = "it has left the queue";
template <>
inline constexpr const char* kIgnored<Transferring, PlayedOut> = "another phone rings on";
template <>
inline constexpr const char* kIgnored<Transferring, MediaLost> = "nobody has to speak";

// UnitsForeseen comes at once; nobody else asks for it.
template <class State>
inline constexpr const char* kIgnored<State, UnitsForeseen> = "it is not looked while nobody talks";

template <class Event>
inline constexpr const char* kIgnored<Over, Event> = "the call is over";
template <>
inline constexpr const char* kIgnored<Over, UnitsForeseen> = "the call is over";
template <>
inline constexpr const char* kIgnored<Over, CallOffered> = "the call is over";
template <>
inline constexpr const char* kIgnored<Over, AdmissionStored> = "the call is over";

}  // namespace hotline::call
