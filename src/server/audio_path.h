// Where audio is relayed: stands between the core and signalling, and gives each leg a place in the
// media plane. A description that a side sends says where that side receives; one that goes out
// says, in its place, where we do. The core sees none of it.
//
//   caller ──offer──► leg 0 aims at the caller         leg n's place ──offer──► phone
//   caller ◄─answer── leg 0's place         leg n aims at the phone ◄──answer── phone
//
// A caller who is played to is answered by us, early: in one codec, which phones are offered alone,
// so that the phone's answer fits what the caller was told (RFC 3264, RFC 6337 §3.1.1).
//
// A call whose offer has no audio passes untouched. Thread: the call thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "hotline/call/event.h"
#include "hotline/ports/media_plane.h"
#include "hotline/ports/signalling.h"

#include "server/audio_plane.h"
#include "server/audio_resume.h"

namespace hotline::server {

class AudioPath final : public ports::Signalling, public ports::MediaPlane {
 public:
  struct Settings {
    Milliseconds silence;  // how long both sides may be silent before the call is ended
    // Is that phone reached by IPv6?
    std::function<bool(const routing::PhoneAddress&)> is_v6;
  };

  // `later` takes an event to the core, never from inside a request.
  AudioPath(ports::Signalling& signalling, AudioPlane& plane, Settings settings,
            std::function<void(call::Event)> later);

  // To be called before and after the core hears of an event from signalling.
  void before(call::Event& event, Instant now);
  void after(const call::Event& event);
  // That playback, which was to be heard once, has been.
  void played(std::uint32_t place, std::uint32_t number);
  // That place's side pressed a key.
  void pressed(std::uint32_t place, char key);
  // Did the same key come the other way, too? To be asked of each event before the core hears it.
  bool repeats(const call::Event& event);
  // Nothing has come from that place's side for as long as `silence`.
  void silent(std::uint32_t place, Instant now);

  // --- a call that goes on in another process (audio_path_adopt.cpp)
  // What came of a call's audio when it was taken up again.
  struct Resumed {
    bool is_played_to = false;
    bool hears_tones = false;
    call::Media offer;      // of a caller who is played to
    call::Media to_caller;  // what each side was told last; of a phone: empty where there is none
    call::Media to_phone;
  };
  void describe(call::JournalAnswer& answer) override;
  void describe(call::JournalMedia& media) override;
  // Its legs have their ports again; caller and phone hear each other. Errors: nullopt: the text is
  // none of ours, or the ports are not to be had; then nothing is left.
  std::optional<Resumed> adopt(CallRef call, const std::string& audio, Instant now);

  // It does not go on after all.
  void forget(CallRef call);

  std::size_t legs() const { return legs_.size(); }

  void count(CallRef call, cdr::Record& record) const override;
  void perform(const call::PlayToCaller& wish) override;
  void perform(const call::PlayToPhone& wish) override;
  void perform(const call::BridgePhone& wish) override;
  void perform(const call::SoundCreditTone& wish) override;
  void perform(const call::RecordCall& wish) override;

  void perform(const call::RingPhone& wish) override;
  void perform(const call::CancelPhone& wish) override;
  void perform(const call::ConfirmPhone& wish) override;
  void perform(const call::TellRinging& wish) override;
  void perform(const call::AnswerCaller& wish) override;
  void perform(const call::RefuseCaller& wish) override;
  void perform(const call::HangUp& wish) override;
  void perform(const call::OfferMedia& wish) override;
  void perform(const call::WithdrawMedia& wish) override;
  void perform(const call::AcceptMedia& wish) override;
  void perform(const call::RejectMedia& wish) override;
  void perform(const call::ConfirmMedia& wish) override;
  void perform(const call::PassKey& wish) override;
  void perform(const call::TellTransfer& wish) override;

 private:
  // How a caller is played to.
  struct Played {
    std::string offer;
    std::string next_offer{};  // that it has made and nobody has answered
    int codec = 8;
    int event_type = -1;
    bool is_answered = false;
    std::optional<Cause> told_why{};  // it hears why it will be refused
  };
  struct Leg {
    AudioPlane::Place place;
    std::optional<Played> played;
    int codec = -1;                            // both sides have agreed to, where we speak it
    bool is_playing = false;                   // its side hears something of ours
    std::uint32_t once = 0;                    // the playback whose end something follows
    std::string then{};                        // that, again and again; empty: nothing
    std::uint64_t session = 0;                 // that descriptions are about
    std::uint64_t version = 0;                 // of the last one that went out
    std::string said;                          // that one
    sip::AudioStream heard{};                  // what its side said last
    std::optional<sip::AudioStream> proposed;  // by its side, not accepted yet
    std::optional<LegId> peer;                 // whom it hears
    std::uint32_t recording = 0;               // a caller's, with whom it hears
    std::string peer_counted;                  // of it, once it is gone
    Instant connected{};
    std::optional<bool> keys_by_message{};  // how its first key came
  };

  Leg* find(LegId id);
  Leg* open(LegId id, bool is_v6);
  void close(LegId id);
  ResumedLeg state_of(const Leg& leg) const;
  std::string text_of(const Leg& caller, const Leg* phone) const;
  bool reopen(LegId id, const ResumedLeg& was);
  void heard(LegId id, const call::Media& media);
  void aim(Leg& leg, const sip::AudioStream& audio);
  call::Media placed(LegId id, const call::Media& media);
  using Describe = std::function<std::string(const sip::AudioPlace&)>;
  call::Media say(Leg& leg, const Describe& describe);
  call::Media own_offer(LegId phone, const Played& played);
  call::Media own_answer(Leg& leg);
  call::Media words_of(Leg& leg);
  static Played played_by(const call::Media& offer, const sip::AudioStream& audio);
  Leg* speak_to(LegId caller, const call::Media& offer);
  void accept_alone(LegId caller, Leg& leg);
  bool announce(const call::RefuseCaller& wish);
  void say_once(const Leg& leg, const std::string& prompt);
  void stop_playing(Leg& leg);
  void connect(LegId caller, LegId phone);
  void resume(LegId caller, Leg& leg);
  void agree(CallRef call, const call::Media& answer);
  void watch(const Leg& leg);

  ports::Signalling& signalling_;
  AudioPlane& plane_;
  Settings settings_;
  std::function<void(call::Event)> later_;
  Instant now_{};
  std::unordered_map<LegId, Leg> legs_;
  std::unordered_map<std::uint32_t, LegId> by_place_;
  std::unordered_map<CallRef, LegId> plays_early_;  // the phone that is heard before an answer
};

}  // namespace hotline::server
