#include "server/audio_path.h"

#include <algorithm>
#include <utility>

namespace hotline::server {
namespace {

const std::string kSdp = "application/sdp";
constexpr int kUsualEvents = 101;  // the type of a phone's keys, where the caller has none

std::optional<sip::AudioStream> audio_in(const call::Media& media) {
  return media.type == kSdp ? sip::audio_of(media.body) : std::nullopt;
}

}  // namespace

AudioPath::AudioPath(ports::Signalling& signalling, AudioPlane& plane, Settings settings,
                     std::function<void(call::Event)> later)
    : signalling_(signalling),
      plane_(plane),
      settings_(std::move(settings)),
      later_(std::move(later)) {}

// --- legs ---------------------------------------------------------------------------------------

AudioPath::Leg* AudioPath::find(LegId id) {
  const auto found = legs_.find(id);
  return found == legs_.end() ? nullptr : &found->second;
}

AudioPath::Leg* AudioPath::open(LegId id, bool is_v6) {
  if (Leg* leg = find(id)) return leg;
  auto place = plane_.open(is_v6);
  if (!place) return nullptr;
  by_place_.emplace(place->id, id);
  Leg& leg = legs_[id];
  leg.place = std::move(*place);
  leg.session = id.call.value;
  return &leg;
}

void AudioPath::close(LegId id) {
  if (id.is_caller()) plays_early_.erase(id.call);
  const auto found = legs_.find(id);
  if (found == legs_.end()) return;
  if (Leg* caller = id.is_caller() ? nullptr : find(LegId::caller(id.call));
      caller != nullptr && caller->peer == id) {
    caller->peer_counted = plane_.counted(found->second.place.id);
  }
  plane_.close(found->second.place.id);
  by_place_.erase(found->second.place.id);
  legs_.erase(found);
}

void AudioPath::aim(Leg& leg, const sip::AudioStream& audio) {
  leg.heard = audio;
  leg.codec = audio.companded.empty() ? -1 : audio.companded.front();
  plane_.aim(leg.place.id, audio);
}

// A description of a side that needs nobody's consent: an answer, or what it plays early.
void AudioPath::heard(LegId id, const call::Media& media) {
  Leg* leg = find(id);
  if (leg == nullptr) return;
  if (const auto audio = audio_in(media)) aim(*leg, *audio);
}

// The description as that leg's side gets it.
call::Media AudioPath::placed(LegId id, const call::Media& media) {
  Leg* leg = find(id);
  if (leg == nullptr || media.type != kSdp) return media;
  return say(*leg,
             [&](const sip::AudioPlace& place) { return sip::with_place(media.body, place); });
}

// A description that differs from the last one has the next version (RFC 3264 §8), one that does
// not is the same to the letter.
call::Media AudioPath::say(Leg& leg, const Describe& describe) {
  const AudioPlane::Place& at = leg.place;
  sip::AudioPlace place{at.address, at.is_v6, at.port, leg.session, leg.version};
  std::string body = describe(place);
  if (body != leg.said) {
    place.version = ++leg.version;
    body = leg.said = describe(place);
  }
  return {kSdp, std::move(body)};
}

// What the caller is told who is played to, early and in the end.
call::Media AudioPath::own_answer(Leg& leg) {
  leg.played->is_answered = true;
  return words_of(leg);
}

call::Media AudioPath::words_of(Leg& leg) {
  return say(leg, [&](const sip::AudioPlace& place) {
    return sip::own_answer(leg.played->offer, place, leg.played->codec, leg.played->event_type);
  });
}

void AudioPath::stop_playing(Leg& leg) {
  if (std::exchange(leg.is_playing, false)) plane_.stop(leg.place.id);
  leg.once = 0;
}

void AudioPath::connect(LegId caller, LegId phone) {
  Leg* one = find(caller);
  Leg* other = find(phone);
  if (one == nullptr || other == nullptr) return;
  stop_playing(*other);
  if (one->peer == phone) return;
  stop_playing(*one);
  one->peer = phone;
  other->peer = caller;
  one->connected = other->connected = now_;
  plane_.connect(one->place.id, other->place.id);
  if (one->recording != 0) plane_.record_phone(one->recording, other->place.id);
  watch(*one);
}

// A phone put the caller on hold, passed it on, and is gone: nobody else would take it back.
void AudioPath::resume(LegId caller, Leg& leg) {
  const auto told = sip::audio_of(leg.said);
  if (!leg.played || !told || (told->sends && told->receives)) return;
  signalling_.perform(call::OfferMedia{caller, own_offer(caller, *leg.played)});
}

// Whoever answers an offer says what both sides speak from now on.
void AudioPath::agree(CallRef call, const call::Media& answer) {
  const auto audio = audio_in(answer);
  Leg* caller = find(LegId::caller(call));
  if (caller == nullptr || !audio) return;
  caller->codec = audio->companded.empty() ? -1 : audio->companded.front();
  if (caller->played && caller->codec >= 0) caller->played->codec = caller->codec;
  if (Leg* phone = caller->peer ? find(*caller->peer) : nullptr) phone->codec = caller->codec;
}

// The pair that this leg is one of.
void AudioPath::watch(const Leg& leg) {
  plane_.watch(leg.place.id);
  if (const Leg* peer = leg.peer ? find(*leg.peer) : nullptr) plane_.watch(peer->place.id);
}

void AudioPath::count(CallRef call, cdr::Record& record) const {
  const auto caller = legs_.find(LegId::caller(call));
  if (caller == legs_.end()) return;
  record.caller_audio = plane_.counted(caller->second.place.id);
  if (!caller->second.peer) return;
  const auto phone = legs_.find(*caller->second.peer);
  record.phone_audio =
      phone == legs_.end() ? caller->second.peer_counted : plane_.counted(phone->second.place.id);
}

// --- what signalling says -----------------------------------------------------------------------

void AudioPath::before(call::Event& event, Instant now) {
  now_ = now;
  if (auto* offered = std::get_if<call::CallOffered>(&event)) {
    offered->no_ports = !plane_.has_room();
    if (const auto audio = audio_in(offered->offer)) {
      offered->playing =
          audio->companded.empty() ? call::Playing::no_codec : call::Playing::possible;
    }
  } else if (const auto* rang = std::get_if<call::PhoneRang>(&event)) {
    if (rang->early.empty()) return;
    heard(rang->leg, rang->early);
    plays_early_[rang->leg.call] = rang->leg;
  } else if (const auto* answered = std::get_if<call::PhoneAnswered>(&event)) {
    heard(answered->leg, answered->answer);
  } else if (const auto* confirmed = std::get_if<call::CallerConfirmed>(&event)) {
    heard(LegId::caller(confirmed->call), confirmed->answer);
    agree(confirmed->call, confirmed->answer);
  } else if (const auto* accepted = std::get_if<call::MediaAccepted>(&event)) {
    heard(accepted->leg, accepted->answer);
    agree(accepted->leg.call, accepted->answer);
  } else if (const auto* changed = std::get_if<call::MediaConfirmed>(&event)) {
    heard(changed->leg, changed->answer);
    agree(changed->leg.call, changed->answer);
  } else if (const auto* offer = std::get_if<call::MediaOffered>(&event)) {
    Leg* leg = find(offer->leg);
    if (leg == nullptr) return;
    leg->proposed = audio_in(offer->offer);
    if (leg->played) leg->played->next_offer = offer->offer.body;
  }
}

void AudioPath::after(const call::Event& event) {
  if (const auto* failed = std::get_if<call::PhoneFailed>(&event)) {
    close(failed->leg);
  } else if (const auto* hung_up = std::get_if<call::HungUp>(&event)) {
    close(hung_up->leg);
  } else if (const auto* cancelled = std::get_if<call::CallerCancelled>(&event)) {
    close(LegId::caller(cancelled->call));
  } else if (const auto* lost = std::get_if<call::CallerLost>(&event)) {
    close(LegId::caller(lost->call));
  }
}

// One side may well be silent: it listens, and its phone sends nothing meanwhile. Nobody is held to
// send while either is on hold.
void AudioPath::silent(std::uint32_t place, Instant now) {
  const auto found = by_place_.find(place);
  if (found == by_place_.end()) return;
  const Leg& leg = legs_.at(found->second);
  const Leg* peer = leg.peer ? find(*leg.peer) : nullptr;
  if (peer == nullptr || !leg.heard.sends || !peer->heard.sends) return;
  const Instant last =
      std::max({leg.connected, plane_.last_heard(leg.place.id), plane_.last_heard(peer->place.id)});
  if (now - last >= settings_.silence) later_(call::MediaLost{found->second.call, last});
}

// --- what the core wants ------------------------------------------------------------------------

void AudioPath::perform(const call::RingPhone& wish) {
  const auto audio = audio_in(wish.offer);
  if (!audio && !wish.offer.empty()) return signalling_.perform(wish);
  const bool is_v6 = settings_.is_v6(wish.address);
  Leg* caller = open(LegId::caller(wish.leg.call), audio ? audio->is_v6 : is_v6);
  if (caller != nullptr && audio) aim(*caller, *audio);
  if (caller == nullptr || open(wish.leg, is_v6) == nullptr) {
    return later_(call::PhoneFailed{wish.leg, call::Failure::failed, 0});
  }
  // Passed on: it is offered what its caller speaks with the phone before it.
  if (!audio && wish.as_played && caller->codec < 0) {
    constexpr int kNotAcceptable = 488;
    close(wish.leg);
    return later_(call::PhoneFailed{wish.leg, call::Failure::failed, kNotAcceptable});
  }
  if (audio && wish.as_played && !caller->played) caller->played = played_by(wish.offer, *audio);
  call::RingPhone ring = wish;
  ring.offer = caller->played ? own_offer(wish.leg, *caller->played) : placed(wish.leg, wish.offer);
  signalling_.perform(ring);
}

void AudioPath::perform(const call::CancelPhone& wish) { signalling_.perform(wish); }

void AudioPath::perform(const call::ConfirmPhone& wish) {
  signalling_.perform(call::ConfirmPhone{wish.leg, placed(wish.leg, wish.answer)});
}

void AudioPath::perform(const call::PlayToPhone& wish) {
  Leg* leg = find(wish.leg);
  const bool hears = leg != nullptr && leg->codec >= 0;
  if (hears) leg->is_playing = true;
  if (!wish.once) {
    if (hears) plane_.play(leg->place.id, leg->codec, wish.prompt);
    return;
  }
  if (hears) leg->once = plane_.play_once(leg->place.id, leg->codec, {.prompts = {wish.prompt}});
  if (!hears || leg->once == 0) later_(call::PlayedOut{wish.leg});
}

void AudioPath::perform(const call::BridgePhone& wish) {
  const LegId caller = LegId::caller(wish.leg.call);
  connect(caller, wish.leg);
  if (Leg* leg = find(caller)) resume(caller, *leg);
}

void AudioPath::perform(const call::SoundCreditTone& wish) {
  const Leg* caller = find(LegId::caller(wish.call));
  const Leg* phone = caller != nullptr && caller->peer ? find(*caller->peer) : nullptr;
  if (phone == nullptr || phone->codec < 0) return;
  plane_.remind(caller->place.id, phone->codec);
  plane_.remind(phone->place.id, phone->codec);
}

// Nothing waits for the notice: each hears the other when it is over.
void AudioPath::perform(const call::RecordCall& wish) {
  Leg* caller = find(LegId::caller(wish.leg.call));
  Leg* phone = find(wish.leg);
  if (caller == nullptr || phone == nullptr) return;
  if (wish.leg.is_caller()) {
    caller->recording = plane_.record_alone(caller->place.id, {wish.id, wish.path});
    return;
  }
  caller->recording = plane_.record(caller->place.id, phone->place.id, {wish.id, wish.path});
  if (wish.notice.empty()) return;
  say_once(*caller, wish.notice);
  say_once(*phone, wish.notice);
}

void AudioPath::say_once(const Leg& leg, const std::string& prompt) {
  const int codec = leg.played ? leg.played->codec : leg.codec;
  if (codec >= 0) plane_.play_once(leg.place.id, codec, {.prompts = {prompt}});
}

void AudioPath::pressed(std::uint32_t place, char key) {
  const auto found = by_place_.find(place);
  if (found != by_place_.end()) later_(call::KeyPressed{found->second, key});
}

// Some phones say each key in the audio and by a message. The way of the first one is that leg's.
bool AudioPath::repeats(const call::Event& event) {
  const auto* pressed = std::get_if<call::KeyPressed>(&event);
  Leg* leg = pressed == nullptr ? nullptr : find(pressed->leg);
  if (leg == nullptr) return false;
  if (!leg->keys_by_message) leg->keys_by_message = pressed->by_message;
  return *leg->keys_by_message != pressed->by_message;
}

void AudioPath::perform(const call::TellRinging& wish) {
  const LegId caller = LegId::caller(wish.call);
  const auto phone = plays_early_.find(wish.call);
  if (!wish.early.empty() && phone != plays_early_.end()) connect(caller, phone->second);
  call::TellRinging tell{wish.call, placed(caller, wish.early), wish.ringback};
  Leg* leg = find(caller);
  if (leg != nullptr && leg->played && !wish.ringback.empty()) {
    tell.early = own_answer(*leg);
    leg->is_playing = true;
    leg->once = 0;
    plane_.play(leg->place.id, leg->played->codec, wish.ringback);
  }
  signalling_.perform(tell);
}

// How a caller is played to that offers this. Requires: a codec that we speak is in it.
AudioPath::Played AudioPath::played_by(const call::Media& offer, const sip::AudioStream& audio) {
  Played played;
  played.offer = offer.body;
  played.codec = audio.companded.front();
  played.event_type = audio.event_type;
  return played;
}

// A caller that we are to speak to. Null: it offers nothing that we speak, or there are no ports.
AudioPath::Leg* AudioPath::speak_to(LegId caller, const call::Media& offer) {
  const auto audio = audio_in(offer);
  if (!audio || audio->companded.empty()) return nullptr;
  Leg* leg = open(caller, audio->is_v6);
  if (leg == nullptr || leg->played) return leg;
  aim(*leg, *audio);
  leg->played = played_by(offer, *audio);
  return leg;
}

void AudioPath::perform(const call::PlayToCaller& wish) {
  const LegId id = LegId::caller(wish.call);
  Leg* leg = wish.offer.empty() ? find(id) : speak_to(id, wish.offer);
  const bool says_something = wish.ahead || wish.minutes || !wish.once.empty();
  if (leg == nullptr || !leg->played) {
    if (says_something && wish.then.empty()) later_(call::PlayedOut{id});
    return;
  }
  Played& played = *leg->played;
  if (!played.is_answered) signalling_.perform(call::TellRinging{wish.call, own_answer(*leg)});
  leg->is_playing = says_something || !wish.then.empty();
  leg->once = 0;
  leg->then = wish.then;
  const std::uint32_t place = leg->place.id;
  if (says_something) {
    leg->once = plane_.play_once(place, played.codec, {wish.ahead, wish.minutes, wish.once});
    // What is missing has been said when prompts were loaded.
    if (leg->once == 0) leg->once = plane_.play_once(place, played.codec, {.prompts = {"tone"}});
  } else if (leg->is_playing) {
    plane_.play(place, played.codec, wish.then);
  } else {
    plane_.stop(place);
  }
}

void AudioPath::perform(const call::AnswerCaller& wish) {
  const LegId caller = LegId::caller(wish.call);
  plays_early_.erase(wish.call);
  if (!wish.offer.empty()) {
    if (Leg* spoken_to = speak_to(caller, wish.offer)) {
      return signalling_.perform(call::AnswerCaller{wish.call, own_answer(*spoken_to)});
    }
    signalling_.perform(call::RefuseCaller{wish.call, Cause::overload});
    return later_(call::CallerLost{wish.call});
  }
  Leg* leg = find(caller);
  if (leg != nullptr) watch(*leg);  // silence before the answer means nothing
  const bool is_told = leg != nullptr && leg->played && leg->played->is_answered;
  signalling_.perform(
      call::AnswerCaller{wish.call, is_told ? own_answer(*leg) : placed(caller, wish.answer)});
  if (leg != nullptr && leg->played) leg->played->is_answered = true;
}

// What a phone is offered where one of both is played to.
call::Media AudioPath::own_offer(LegId phone, const Played& played) {
  const int keys = played.event_type < 0 ? kUsualEvents : played.event_type;
  return say(*find(phone), [&](const sip::AudioPlace& place) {
    return sip::own_audio(place, played.codec, keys);
  });
}

// The call is over for the core; its caller hears why, and is refused then.
// Returns: false where nothing can be played: no ports, no such prompt.
bool AudioPath::announce(const call::RefuseCaller& wish) {
  const LegId id = LegId::caller(wish.call);
  Leg* leg = speak_to(id, wish.offer);
  if (leg == nullptr) return false;
  leg->once = plane_.play_once(leg->place.id, leg->played->codec, {.prompts = {wish.announcement}});
  if (leg->once == 0) return false;
  leg->played->told_why = wish.cause;
  if (!leg->played->is_answered) {
    signalling_.perform(call::TellRinging{wish.call, own_answer(*leg)});
  }
  return true;
}

void AudioPath::played(std::uint32_t place, std::uint32_t number) {
  const auto found = by_place_.find(place);
  if (found == by_place_.end()) return;
  const LegId id = found->second;
  Leg& leg = legs_.at(id);
  if (number == 0 || leg.once != number) return;
  leg.once = 0;
  if (leg.played && leg.played->told_why) {
    signalling_.perform(call::RefuseCaller{id.call, *leg.played->told_why});
    return close(id);
  }
  leg.is_playing = !leg.then.empty();
  if (leg.is_playing) plane_.play(place, leg.played->codec, leg.then);
  later_(call::PlayedOut{id});
}

void AudioPath::perform(const call::RefuseCaller& wish) {
  if (!wish.announcement.empty() && announce(wish)) return;
  signalling_.perform(wish);
  close(LegId::caller(wish.call));
}

void AudioPath::perform(const call::HangUp& wish) {
  signalling_.perform(wish);
  close(wish.leg);
}

void AudioPath::perform(const call::OfferMedia& wish) {
  signalling_.perform(call::OfferMedia{wish.leg, placed(wish.leg, wish.offer)});
}

void AudioPath::perform(const call::WithdrawMedia& wish) { signalling_.perform(wish); }

void AudioPath::perform(const call::AcceptMedia& wish) {
  if (Leg* leg = find(wish.leg)) {
    if (wish.answer.empty()) return accept_alone(wish.leg, *leg);
    if (leg->proposed) aim(*leg, *leg->proposed);
    leg->proposed.reset();
  }
  signalling_.perform(call::AcceptMedia{wish.leg, placed(wish.leg, wish.answer)});
}

// A caller whom only we speak to changes its audio, or has us say ours.
void AudioPath::accept_alone(LegId caller, Leg& leg) {
  Played& played = *leg.played;
  if (played.next_offer.empty()) {
    return signalling_.perform(call::AcceptMedia{caller, own_offer(caller, played)});
  }
  const auto audio = std::exchange(leg.proposed, std::nullopt);
  if (!audio || audio->companded.empty()) {
    constexpr int kNotAcceptable = 488;
    return signalling_.perform(call::RejectMedia{caller, kNotAcceptable});
  }
  aim(leg, *audio);
  played.offer = std::exchange(played.next_offer, {});
  const auto& spoken = audio->companded;
  if (std::find(spoken.begin(), spoken.end(), played.codec) == spoken.end()) {
    played.codec = spoken.front();
  }
  signalling_.perform(call::AcceptMedia{caller, own_answer(leg)});
}

void AudioPath::perform(const call::RejectMedia& wish) {
  if (Leg* leg = find(wish.leg)) leg->proposed.reset();
  signalling_.perform(wish);
}

void AudioPath::perform(const call::ConfirmMedia& wish) {
  signalling_.perform(call::ConfirmMedia{wish.leg, placed(wish.leg, wish.answer)});
}

void AudioPath::perform(const call::PassKey& wish) { signalling_.perform(wish); }

void AudioPath::perform(const call::TellTransfer& wish) { signalling_.perform(wish); }

}  // namespace hotline::server
