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

template <>
inline constexpr const char* kIgnored<Hunting, CallerConfirmed> = "no answer to confirm";
template <>
inline constexpr const char* kIgnored<Hunting, MediaWithdrawn> = "no media before an answer";
template <>
inline constexpr const char* kIgnored<Hunting, MediaAccepted> = "no media before an answer";
template <>
inline constexpr const char* kIgnored<Hunting, MediaRejected> = "no media before an answer";
template <>
inline constexpr const char* kIgnored<Hunting, MediaConfirmed> = "no media before an answer";
template <>
inline constexpr const char* kIgnored<Hunting, SessionExpired> = "no session before an answer";
template <>
inline constexpr const char* kIgnored<Hunting, MediaLost> = "nobody listens before an answer";
template <>
inline constexpr const char* kIgnored<Hunting, AnswerStored> = "no answer was journalled";
template <>
inline constexpr const char* kIgnored<Hunting, UnitsReserved> = "the meter has not begun";
template <>
inline constexpr const char* kIgnored<Hunting, MoneyArrived> = "the first unit is reserved";

template <>
inline constexpr const char* kIgnored<Committing, CallerConfirmed> = "not answered yet";
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
inline constexpr const char* kIgnored<Committing, SessionExpired> = "it begins with the answer";
template <>
inline constexpr const char* kIgnored<Committing, KeyPressed> = "the call is taken already";
template <>
inline constexpr const char* kIgnored<Talking, KeyPressed> = "keys travel with the audio";
template <>
inline constexpr const char* kIgnored<Committing, MediaLost> = "it is a moment's silence";
template <>
inline constexpr const char* kIgnored<Committing, PlanMade> = "a phone answered meanwhile";
template <>
inline constexpr const char* kIgnored<Committing, UnitsReserved> = "the meter has not begun";
template <>
inline constexpr const char* kIgnored<Committing, MoneyArrived> = "the first unit is reserved";

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
inline constexpr const char* kIgnored<Talking, StoreFailed> =
    "live calls go on while the store is in trouble";

template <class Event>
inline constexpr const char* kIgnored<Over, Event> = "the call is over";
template <>
inline constexpr const char* kIgnored<Over, CallOffered> = "the call is over";
template <>
inline constexpr const char* kIgnored<Over, AdmissionStored> = "the call is over";

}  // namespace hotline::call
