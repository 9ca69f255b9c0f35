// One admitted call, from its first ring to its record: a value, changed by one function.
//
//   Choosing ──key──► Hunting ──phone answered──► Committing ──durable──► Talking ──► Over
//      │ ▲               │ │ nobody                   │ store failed        │           ▲
//      │ └── overflow ───┘ ▼                          │ caller gave up      ▼           │
//      └────────────────► Parting ◄───────────────────┼───────────────── Surveying ─────┤
//                             └───────────────────────┴─────────────────────────────────┘
//
// A phone may pass its caller on: then the call is Transferring, and Talking again. A call that
// goes on in another process begins as Talking or, with a caller alone, as Resuming. A menu and
// most queues answer the caller: the meter runs from there, whatever state follows. Who is not
// answered is refused where another would hear why and be hung up (Parting). A caller who waits in
// a queue hunts: phones are rung as they become free. Who is sent to a voicemail box is recorded
// (Dictating). Where the hotline asks how it was, the caller stays when the phone has hung up
// (Surveying).
//
// No I/O, no clock: the same events at the same times give the same actions. Call thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hotline/billing/meter.h"
#include "hotline/call/action.h"
#include "hotline/call/event.h"
#include "hotline/cdr/record.h"
#include "hotline/routing/decision.h"

namespace hotline::call {

// How long the store may take to make an answer durable.
inline constexpr Milliseconds kAnswerPatience{2000};
// No prompt that an end is waited for takes longer.
inline constexpr std::chrono::minutes kLongestPrompt{21};
// A whisper that is longer is broken off.
inline constexpr Seconds kLongestWhisper{30};
// So long before its money ends both sides of a call hear a tone.
inline constexpr Seconds kCreditTone{30};

// A phone that rings.
struct Ringing {
  std::uint32_t leg = 0;
  const routing::Phone* phone = nullptr;
  Now started;
  Instant gives_up;  // its ring time is over, or that for the key
  std::shared_ptr<const PhoneAnswered> answered = nullptr;  // it has to press the key yet
  bool hears_whisper = false;  // it has the call, once it has heard what it is told first
  std::string target{};        // where it is since it answered; empty: where it was
};

struct Hunting {
  Instant ends;           // the hotline's hunt_max_s, the queue's max_wait_s
  std::uint8_t next = 0;  // the plan's first entry not yet rung
  std::vector<Ringing> ringing;
  Instant plan_began;
  std::size_t attempts_before = 0;     // this plan's
  Instant stage_due = Instant::max();  // the next stage rings then, whoever else still does
  bool told_ringing = false;
  std::string ringback;                   // what the caller hears of ours
  const routing::Queue* queue = nullptr;  // it waits there; of the call's snapshot
  Instant joined;                         // that queue
  Instant waits_until = Instant::max();   // its max_wait_s
  Instant says_next = Instant::max();     // how many go before
  bool hears_music = false;               // the queue's
};

// The caller is in a menu; it is being answered first, where it was not.
struct Choosing {
  const routing::Menu* menu = nullptr;  // of the call's snapshot
  Instant due;                          // for the next key, or for what comes before
  std::string keys{};                   // pressed so far
  std::uint32_t tries = 0;              // that came to nothing
  bool is_prompted = false;             // the prompt is heard
};

// A phone answered; the caller hears of it once that is durable.
struct Committing {
  Ringing winner;
  Media answer;
  Instant gives_up;
};

struct Talking {
  std::uint32_t leg = 0;
  const routing::Phone* phone = nullptr;
};

// The phone has passed its caller on to another, which rings.
struct Transferring {
  Talking talk;  // with the phone that did
  Ringing to;
  bool is_left = false;  // by that phone: it has hung up
};

// The phone has hung up, and the caller is asked how it was.
struct Surveying {
  Instant due;              // for a key
  bool is_prompted = true;  // the question is heard
};

// The caller leaves a message; it is being answered first, where it was not.
struct Dictating {
  const routing::Voicemail* box = nullptr;  // of the call's snapshot
  Instant due;                              // the message is long enough, or what comes before
  bool is_recorded = false;                 // it has heard the beep
};

// An answered caller hears why nobody talks to it, or a thank you.
struct Parting {
  cdr::Party by = cdr::Party::server;
  Cause cause = Cause::no_answer;
  Instant due;  // the words are over by then
};

// An answered caller has outlived a process, and no phone had answered it: once it has shown that
// it is still there, its call is decided about anew.
struct Resuming {
  Instant due;  // it has shown nothing
};

struct Over {};

using State = std::variant<Hunting, Choosing, Committing, Talking, Transferring, Surveying,
                           Dictating, Parting, Resuming, Over>;

// A caller who is answered: by a phone, or by us before there is one.
struct Answered {
  billing::Meter meter;
  Instant longest;         // the package's call_max_s
  bool confirmed = false;  // the caller has confirmed our answer
  int units_asked = 0;     // waiting for UnitsReserved
  // When it is looked next how long the money lasts, while it talks; max: not any more.
  Instant looks_ahead = Instant::max();
};

// What phones are shown of the caller beside its number.
struct Shown {
  std::string caller_name;
  std::string asserted;  // of a hidden caller
  int hops_left = 0;
};

// What a call is made of when it is admitted.
struct Admitted {
  CallRef call;
  std::shared_ptr<const routing::Snapshot> snapshot;
  const routing::Hotline* hotline = nullptr;  // of that snapshot
  const billing::Tariff* tariff = nullptr;    // of that snapshot: of the package or a rate of it
  routing::Decision decision;                 // a refusal only where its words are answered
  cdr::Record draft;
  CallOffered offered;
};

// What has to be known of a call that has outlived a process, until both its sides have shown that
// they are there: it is billed no further than was proved.
struct Adoption {
  Now journalled;
  Now proved;
  bool caller_lives = false;
  bool phone_lives = false;

  bool is_proved() const { return caller_lives && phone_lives; }
};

// An answered call of a former process, which goes on in this one.
struct Adopted {
  CallRef call;
  std::optional<CallOffered> alone;  // its caller, where no phone had answered
  std::shared_ptr<const routing::Snapshot> snapshot;
  const routing::Hotline* hotline = nullptr;  // of that snapshot
  billing::Tariff tariff;                     // by which it began
  cdr::Record draft;
  Now journalled;             // its answer, by this process's clock
  Instant answered;           // as it is billed
  Milliseconds paid{0};       // from then on
  Now proved;                 // when it was last known to be up, by this process's clock
  bool is_confirmed = false;  // the answer, by the caller
  bool is_played_to = false;  // the caller, or the phone: in one codec for both
  bool hears_tones = false;   // its audio is relayed, and in a codec that we speak
};

// The refusal of a caller whom no phone has answered, with what it is told where it can be told.
RefuseCaller refusal_of(const CallOffered& offered, const routing::Announcements* announcements,
                        Cause cause);

class Call {
 public:
  explicit Call(Admitted admitted)
      : ref_(admitted.call),
        snapshot_(std::move(admitted.snapshot)),
        hotline_(admitted.hotline),
        tariff_(snapshot_, admitted.tariff),
        record_(std::move(admitted.draft)),
        delayed_offer_(admitted.offered.offer.empty()),
        played_(admitted.offered.playing == Playing::possible &&
                (admitted.hotline->plays_ringback || admitted.hotline->confirm_prompt ||
                 admitted.hotline->survey || admitted.hotline->whispers)),
        hears_tones_(admitted.offered.playing == Playing::possible),
        hunt_(std::make_unique<Hunt>(
            Hunt{std::move(admitted.decision.verdict), std::move(admitted.offered)})) {}

  // Talks, with leg number 1; or is resuming, where its caller is alone.
  Call(Adopted adopted, Now now);

  // Journals the call, and rings the first phones, asks the caller or has it wait.
  Actions begin(Now now);
  Actions on(const Event& event, Now now);

  // When it wants a TimePassed: its earliest deadline.
  Instant wake_at() const;
  bool is_over() const { return std::holds_alternative<Over>(state_); }

  CallRef ref() const { return ref_; }
  const State& state() const { return state_; }
  const cdr::Record& record() const { return record_; }
  const routing::Phone* talking_phone() const;  // null: none does
  const routing::Queue* queue() const;          // where it waits; null: in none
  bool is_ringing() const;                      // a phone
  bool is_adopted() const { return adoption_.has_value(); }
  bool is_answered() const { return answered_.has_value(); }  // its caller was told
  Money reserved() const { return reserved_; }
  const routing::Hotline& hotline() const { return *hotline_; }
  const routing::Snapshot& snapshot() const { return *snapshot_; }
  // Requires: no phone has answered.
  const CallOffered& offered() const { return hunt_->offered; }
  const std::string& account() const { return hotline_->account; }
  const billing::Tariff& tariff() const { return *tariff_; }

 private:
  friend struct Handlers;  // the when(State&, Event&) functions, one room each in src/call

  // How a call of a former process begins.
  void talk_on();
  void resume(CallOffered caller, Now now);

  // What the hunt for a phone needs. It goes with the answer: most of a call's life is talk.
  struct Hunt {
    routing::Verdict verdict;  // the last one: a plan while phones ring
    CallOffered offered;
    const routing::Menu* menu = nullptr;  // the last one the caller chose in
  };

  CallRef ref_;
  std::shared_ptr<const routing::Snapshot> snapshot_;
  const routing::Hotline* hotline_;                // of that snapshot
  std::shared_ptr<const billing::Tariff> tariff_;  // of that snapshot, or of an earlier one
  cdr::Record record_;
  bool delayed_offer_;      // the phone that answers makes the offer
  bool played_;             // to the caller, or to a phone: in one codec for both
  bool hears_tones_;        // its audio is relayed, and in a codec that we speak
  bool answering_ = false;  // by us: until the store has it
  std::unique_ptr<Hunt> hunt_;
  State state_ = Hunting{};
  Instant began_;
  std::uint32_t legs_ = 0;
  Money reserved_;
  std::optional<Answered> answered_;
  std::optional<Adoption> adoption_;
  std::unique_ptr<const Shown> shown_;  // while it talks, for who it is passed on to
  std::vector<std::unique_ptr<const routing::Phone>> outside_phones_;  // that it was passed on to
};

}  // namespace hotline::call
