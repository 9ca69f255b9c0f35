// What happens to calls, as the outside tells it: past participles, plain values. Signalling, the
// store, time and operators speak; the switchboard listens, on one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "hotline/base/cause.h"
#include "hotline/base/ids.h"
#include "hotline/base/money.h"
#include "hotline/call/queues.h"
#include "hotline/number/number.h"
#include "hotline/routing/decision.h"

namespace hotline::call {

// A description of media, opaque to the core: it is handed from one side to the other.
struct Media {
  std::string type;  // "application/sdp"; empty: no description
  std::string body;

  bool empty() const { return body.empty(); }
  friend bool operator==(const Media&, const Media&) = default;
};

// --- the caller's side -------------------------------------------------------------------------

// May the caller be played to before and instead of a phone?
enum class Playing : std::uint8_t {
  none,      // no media plane, or no description of what the caller can hear
  no_codec,  // the caller offers none that we speak
  possible,
};

// A call arrived from a trunk. Its caller's leg is LegId::caller(call).
struct CallOffered {
  CallRef call;
  std::string trunk;
  std::string dialled;  // as received
  number::Number caller;
  std::string caller_name;  // display name, passed on to phones as it is
  std::string asserted;     // the number a trusted carrier vouches for, even of a hidden caller
  Media offer;              // empty: the phone that answers shall offer
  int hops_left = 70;       // 0: the call went through too many servers
  bool looped = false;      // it is one of our own calls to a phone, come back
  Playing playing = Playing::none;
  bool no_ports = false;  // nothing is left that its audio could be relayed through
  std::string leg_id;     // the leg's identity in signalling, for the record
  std::string dialog;     // what signalling needs to find the leg again after a crash
};
struct CallerCancelled {  // gave up before the answer
  CallRef call;
};
struct CallerConfirmed {  // confirmed our answer
  CallRef call;
  Media answer;  // where the offer was in our answer
};
struct CallerLost {  // never confirmed what it was told; the leg is gone
  CallRef call;
};

// --- a phone's side ----------------------------------------------------------------------------

// It rings; said again when it first says what it plays meanwhile.
struct PhoneRang {
  LegId leg;
  Media early;  // what is to be heard before it answers; empty: nothing
};
struct PhoneAnswered {
  LegId leg;
  Media answer;  // its offer, where the call was offered without one
  std::string leg_id;
  std::string dialog;
};
enum class Failure : std::uint8_t {
  busy,
  no_answer,
  declined,
  silent,
  failed,
  cancelled,
  at_capacity,  // said by the switchboard alone: all the phone's lines are in use
};
// The attempt is over without an answer; says so once for each ring that did not answer, also
// after a cancel.
struct PhoneFailed {
  LegId leg;
  Failure how = Failure::failed;
  int status = 0;  // the phone's final status code; 0: none came
};

// --- either side, once the call is up ----------------------------------------------------------

struct HungUp {
  LegId leg;
  int q850 = 16;
  Milliseconds waited{0};  // since it came, to be read; 0: is not known
};
struct MediaOffered {  // wants to change the media (hold, resume, another codec)
  LegId leg;
  Media offer;  // empty: the other side shall offer
};
struct MediaWithdrawn {  // takes its offer back; still waits for an answer to it
  LegId leg;
};
struct MediaAccepted {
  LegId leg;
  Media answer;  // its offer, where it was asked for one
};
struct MediaRejected {
  LegId leg;
  int status = 488;
};
// Confirmed what it was told to accept, where that was an offer: this is the answer to it.
struct MediaConfirmed {
  LegId leg;
  Media answer;
};
// Its side is elsewhere from now on.
struct TargetRefreshed {
  LegId leg;
  std::string target;  // what stands before the leg's `dialog` after a crash
};
struct TransferAsked {  // a phone wants its caller to go on to somebody else
  LegId leg;
  std::string target;  // a number, or a phone's name, as it was written
};
// A leg that has outlived a process of ours was asked whether its side is still there.
struct LegProbed {
  LegId leg;
  bool is_alive = false;
};
struct SessionExpired {  // gave no sign of life for as long as was agreed; hang it up
  LegId leg;
};

// --- the media plane ---------------------------------------------------------------------------

// A side pressed a key: 0 to 9, *, #, A to D.
struct KeyPressed {
  LegId leg;
  char key = 0;
  bool by_message = false;  // signalling said so; else it was in the audio
};
// What was to be played to it once has been.
struct PlayedOut {
  LegId leg;
};
// Nothing has come from either side for as long as is patient (media.silence_s).
struct MediaLost {
  CallRef call;
  Instant last_heard;  // the last word of either
};

// --- the store ---------------------------------------------------------------------------------

struct AdmissionStored {  // reservation and journal row are durable
  CallRef call;
};
struct AnswerStored {  // both legs are durable: the caller may be answered
  CallRef call;
};
struct StoreFailed {  // this call's row could not be made durable
  CallRef call;
};

// --- time, money, operators --------------------------------------------------------------------

struct TimePassed {  // the call asked to be woken by now
  CallRef call;
};
struct UnitsReserved {  // the answer to ReserveUnits; fewer than asked when money ran short
  CallRef call;
  int units = 0;
  Money amount{};
};
struct UnitsForeseen {  // the answer to ForeseeUnits
  CallRef call;
  int units = 0;
};
struct PlanMade {  // the answer to SeekFurther: phones, a menu, a queue, or why there is nobody
  CallRef call;
  std::shared_ptr<const routing::Decision> decision;  // not null
};
// It waits in a queue, there: the answer to JoinQueue and AskPlace.
struct PlaceTold {
  CallRef call;
  Queues::Place place;
};
struct PhonesFree {  // phones of the queue where it waits, to be rung now
  CallRef call;
  std::shared_ptr<const routing::RingPlan> plan;  // not null nor empty
};
struct MoneyArrived {  // the account was recharged
  CallRef call;
};
struct EndRequested {  // an operator, or the server going down, wants the call to end
  CallRef call;
  Cause cause = Cause::operator_ended;
};

using Event =
    std::variant<CallOffered, CallerCancelled, CallerConfirmed, CallerLost, PhoneRang,
                 PhoneAnswered, PhoneFailed, HungUp, MediaOffered, MediaWithdrawn, MediaAccepted,
                 MediaRejected, MediaConfirmed, TargetRefreshed, TransferAsked, LegProbed,
                 SessionExpired, KeyPressed, PlayedOut, MediaLost, AdmissionStored, AnswerStored,
                 StoreFailed, TimePassed, UnitsReserved, UnitsForeseen, PlanMade, PlaceTold,
                 PhonesFree, MoneyArrived, EndRequested>;

}  // namespace hotline::call
