// A call that goes on in another process: what the audio path leaves for it, and taking it up.
#include <utility>

#include "server/audio_path.h"

namespace hotline::server {
namespace {

const std::string kSdp = "application/sdp";

}  // namespace

ResumedLeg AudioPath::state_of(const Leg& leg) const {
  return {leg.place.is_v6, leg.place.port, leg.heard,  leg.codec,
          leg.said,        leg.session,    leg.version};
}

std::string AudioPath::text_of(const Leg& caller, const Leg* phone) const {
  ResumedAudio audio{state_of(caller), {}, {}};
  if (phone != nullptr) audio.phone = state_of(*phone);
  if (caller.played) {
    const Played& played = *caller.played;
    audio.played = ResumedPlay{played.offer, played.codec, played.event_type};
  }
  return server::text_of(audio);
}

// What is told to the caller is decided here as it will be when it is answered.
void AudioPath::describe(call::JournalAnswer& answer) {
  const LegId id = LegId::caller(answer.call);
  Leg* caller = answer.phone ? find(id) : speak_to(id, answer.offer);
  if (caller == nullptr) return;
  if (!answer.phone) {
    answer.said = words_of(*caller);
    answer.audio = text_of(*caller, nullptr);
    return;
  }
  const bool is_told = caller->played && caller->played->is_answered;
  answer.said = is_told ? call::Media{kSdp, caller->said} : placed(id, answer.said);
  const Leg* phone = find(*answer.phone);
  if (phone != nullptr) answer.audio = text_of(*caller, phone);
}

void AudioPath::describe(call::JournalMedia& media) {
  const Leg* caller = find(LegId::caller(media.call));
  if (caller == nullptr) return;
  const Leg* phone = caller->peer ? find(*caller->peer) : nullptr;
  media.audio = text_of(*caller, phone);
}

bool AudioPath::reopen(LegId id, const ResumedLeg& was) {
  auto place = plane_.open_again(was.is_v6, was.port);
  if (!place) return false;
  by_place_.emplace(place->id, id);
  Leg& leg = legs_[id];
  leg.place = std::move(*place);
  aim(leg, was.heard);
  leg.codec = was.codec;
  leg.said = was.said;
  leg.session = was.session;
  leg.version = was.version;
  return true;
}

std::optional<AudioPath::Resumed> AudioPath::adopt(CallRef call, const std::string& audio,
                                                   Instant now) {
  now_ = now;
  const auto was = resumed_audio_from(audio);
  if (!was) return std::nullopt;
  const LegId caller = LegId::caller(call);
  const LegId phone{call, 1};
  if (!reopen(caller, was->caller) || (was->phone && !reopen(phone, *was->phone))) {
    forget(call);
    return std::nullopt;
  }
  Leg& leg = *find(caller);
  if (was->played) {
    leg.played =
        Played{was->played->offer, {}, was->played->codec, was->played->event_type, true, {}};
  }
  Resumed resumed{was->played.has_value(), leg.codec >= 0, {}, {kSdp, leg.said}, {}};
  if (was->played) resumed.offer = {kSdp, was->played->offer};
  if (was->phone) {
    resumed.to_phone = {kSdp, was->phone->said};
    connect(caller, phone);
  }
  return resumed;
}

void AudioPath::forget(CallRef call) {
  close(LegId::caller(call));
  close(LegId{call, 1});
}

}  // namespace hotline::server
