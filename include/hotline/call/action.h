// What a call wants done: imperatives, plain values. The switchboard keeps money and time itself
// and passes the rest to the ports, in the order money → store → messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hotline/base/cause.h"
#include "hotline/base/ids.h"
#include "hotline/base/money.h"
#include "hotline/call/event.h"
#include "hotline/cdr/record.h"
#include "hotline/routing/decision.h"
#include "hotline/routing/hotline.h"

namespace hotline::call {

// --- money -------------------------------------------------------------------------------------

// Reserve up to so many further units, from that one on; answered by UnitsReserved.
struct ReserveUnits {
  std::int64_t from_unit = 1;
  int units = 1;
};

// How many units, up to so many, could be reserved now from that one on? Answered by UnitsForeseen;
// nothing is held.
struct ForeseeUnits {
  std::int64_t from_unit = 1;
  int units = 1;
};

// --- the switchboard's memory and routing ------------------------------------------------------

// A phone rang, or was to ring: what came of it.
struct NoteAttempt {
  const routing::Phone* phone = nullptr;  // lives as long as the call
  cdr::AttemptResult result = cdr::AttemptResult::failed;
};
// Where does the call go now? Answered by PlanMade.
struct SeekFurther {
  struct PlanUsedUp {
    const routing::Group* group = nullptr;
    routing::Failed why = routing::Failed::busy;
  };
  struct KeysPressed {
    const routing::Menu* menu = nullptr;
    const routing::Option* option = nullptr;  // null: nothing was chosen
  };
  struct QueueLeft {
    const routing::Queue* queue = nullptr;
    routing::Left why = routing::Left::waited;
    const routing::Option* option = nullptr;  // by which key
  };
  struct Restarted {};  // the server, under a caller that no phone had answered
  std::variant<PlanUsedUp, KeysPressed, QueueLeft, Restarted> from;
};
// Waits in that queue from now on: it is rung for by PhonesFree, and has left with the state that
// waits. Answered by PlaceTold where no phone is free at once, by PlanMade where there is no room.
struct JoinQueue {
  const routing::Queue* queue = nullptr;
};
struct AskPlace {};  // in the queue; answered by PlaceTold

// --- store -------------------------------------------------------------------------------------

// Something to be remembered beyond this process. Written behind: nothing waits for it.
struct KeepNote {
  enum class Kind : std::uint8_t {
    turn,    // how many calls a group has had
    phone,   // what a phone did last, and whether it is paused
    caller,  // a caller's last call to a hotline
    block,   // a caller who is refused for a while
    place,   // where a phone that registers is
  };

  Kind kind = Kind::turn;
  std::string key;
  std::string value;  // empty: forget it
  WallTime until = WallTime::max();
};
std::string_view to_string(KeepNote::Kind kind);

// The journal row of an admitted call: what a restart needs to close it. Answered by
// AdmissionStored or StoreFailed.
struct JournalAdmission {
  CallRef call;
  cdr::Record draft;  // as known so far, its tariff too; nobody has rung yet
  std::string caller_dialog;
};
// The row's second half; answered by AnswerStored or StoreFailed.
struct JournalAnswer {
  CallRef call;
  CallId id;
  Now answered;
  Milliseconds paid{0};  // talk time paid for, from `answered`
  std::string answered_by;
  std::string phone_province;
  std::string phone_leg_id;
  std::string phone_dialog;
  std::vector<cdr::Attempt> attempts;
  std::string recording{};
  std::optional<LegId> phone{};  // nullopt: none has answered yet
  std::optional<WallTime> bridged{};
  std::string menu{};
  Milliseconds waited{0};
  Media offer{};                // the caller's, where no phone has answered: the media plane does
  Media said{};                 // to the caller, of media, in the answer; empty: not yet known
  std::string audio{};          // what the media plane needs to go on
  std::optional<Now> proved{};  // as in JournalAdopted
};
// More talk time was paid for. Written behind: nothing waits for it.
struct JournalPaid {
  CallId id;
  Milliseconds paid{0};
};
// A call of a former process goes on: when it was answered, by this one's clock, and until when it
// was known to be up; nullopt: it has shown that it still is. Written behind: nothing waits for it.
struct JournalAdopted {
  CallId id;
  Now answered;
  std::optional<Now> proved{};
};
// What the sides of an answered call have agreed on has changed: `audio` of its row, which the
// media plane fills in, does too. Written behind: nothing waits for it.
struct JournalMedia {
  CallRef call;
  CallId id;
  std::string audio{};
};
// A side is elsewhere from now on, the caller or the phone that it talks to. Written behind:
// nothing waits for it.
struct JournalTarget {
  CallId id;
  bool of_caller = false;
  std::string target;  // as TargetRefreshed has it
};
// The call is over: record, ledger entry and the row's removal, in one transaction.
struct CloseCall {
  CallRef call;
  cdr::Record record;
  Money reserved;  // all that was reserved for it; what the charge leaves is released
};
// The call was refused before it was admitted: a record alone.
struct RecordRefusal {
  CallRef call;
  cdr::Record record;
};

// --- signalling --------------------------------------------------------------------------------

struct RingPhone {
  LegId leg;
  routing::PhoneAddress address;
  std::string line_key;     // whose lines it takes
  std::uint32_t lines = 1;  // how many there are
  std::string presented;    // the number to show; empty: withheld
  std::string caller_name;
  std::string asserted;  // of a hidden caller: for trunks that keep it to themselves
  std::string hotline;   // which 400 number was called, for the phone's display
  int hops_left = 69;
  Media offer;             // empty: the phone shall offer
  bool as_played = false;  // one of both is played to: offer one codec of the caller's
};
// Stop ringing. `elsewhere`: another phone took the call, so this one shows no missed call.
struct CancelPhone {
  LegId leg;
  bool elsewhere = false;
};
struct ConfirmPhone {  // confirm its answer
  LegId leg;
  Media answer;  // where its answer was an offer
};
struct TellRinging {
  CallRef call;
  Media early;             // what a phone plays meanwhile
  std::string ringback{};  // what we play meanwhile: a prompt's path, "tone"; empty: nothing new
};
struct AnswerCaller {
  CallRef call;
  Media answer;
  Media offer{};  // the caller's, where no phone has answered: the media plane does
};
struct RefuseCaller {
  CallRef call;
  Cause cause = Cause::closed;
  std::string announcement{};  // a prompt that is played before; empty: none
  Media offer{};               // the caller's, where there is one
};
struct HangUp {  // an answered leg, confirmed or not
  LegId leg;
  Cause cause = Cause::hung_up;
};
struct OfferMedia {
  LegId leg;
  Media offer;
};
struct WithdrawMedia {  // the offer, unless it is answered already; answered like any other
  LegId leg;
};
struct AcceptMedia {
  LegId leg;
  Media answer;  // empty: the media plane's own, there is no other side yet
};
struct RejectMedia {
  LegId leg;
  int status = 488;
};
struct ConfirmMedia {  // the answer to the offer it accepted with
  LegId leg;
  Media answer;
};

// The other side of a talk pressed a key and said so by a message: this side is told the same way.
struct PassKey {
  LegId leg;
  char key = 0;
};

// How the transfer goes that this phone has asked for; 200 and above: it is over.
struct TellTransfer {
  LegId leg;
  int status = 603;
};

// --- the media plane ---------------------------------------------------------------------------

// The caller hears the first, one after the other and once, whose end is told (PlayedOut); then the
// last again and again. Nothing at all: it hears silence.
struct PlayToCaller {
  CallRef call;
  std::vector<std::string> once;
  std::string then{};
  std::optional<std::uint32_t> ahead{};    // first of all: so many callers go before it
  std::optional<std::uint32_t> minutes{};  // then: so long it may still wait; 0: less than one
  Media offer{};                           // its offer, where it is not answered
};
// A phone that has answered hears this until it is bridged: again and again, or once, whose end is
// told (PlayedOut).
struct PlayToPhone {
  LegId leg;
  std::string prompt;
  bool once = false;
};
// Caller and phone, who talk, hear a short tone and then each other again.
struct SoundCreditTone {
  CallRef call;
};
// Caller and phone hear each other.
struct BridgePhone {
  LegId leg;
};
// Both are recorded from now on, and hear of it before they hear each other.
struct RecordCall {
  LegId leg;  // the phone's; the caller's: it alone
  CallId id;
  std::string path;    // as the record has it
  std::string notice;  // a prompt; empty: nothing is said
};

using Action =
    std::variant<ReserveUnits, ForeseeUnits, NoteAttempt, SeekFurther, JoinQueue, AskPlace,
                 JournalAdmission, JournalAnswer, JournalPaid, JournalAdopted, JournalMedia,
                 JournalTarget, CloseCall, RecordRefusal, RingPhone, CancelPhone, ConfirmPhone,
                 TellRinging, AnswerCaller, RefuseCaller, HangUp, OfferMedia, WithdrawMedia,
                 AcceptMedia, RejectMedia, ConfirmMedia, PassKey, TellTransfer, PlayToCaller,
                 PlayToPhone, BridgePhone, SoundCreditTone, RecordCall>;
using Actions = std::vector<Action>;

}  // namespace hotline::call
