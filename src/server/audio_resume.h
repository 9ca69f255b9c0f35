// What the audio path needs to go on with a call in another process, as text: it rests in the
// journal beside the legs' dialogs. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sip/sdp_audio.h"

namespace hotline::server {

struct ResumedLeg {
  bool is_v6 = false;
  std::uint16_t port = 0;
  sip::AudioStream heard;  // what its side said last
  int codec = -1;          // as both sides have agreed
  // Our last description: its text and how it is numbered.
  std::string said;
  std::uint64_t session = 0;
  std::uint64_t version = 0;
};

// A caller who is played to: its offer, and what is spoken.
struct ResumedPlay {
  std::string offer;
  int codec = 8;
  int event_type = -1;
};

struct ResumedAudio {
  ResumedLeg caller;
  std::optional<ResumedLeg> phone;  // nullopt: none had answered
  std::optional<ResumedPlay> played;
};

std::string text_of(const ResumedAudio& audio);
// Errors: nullopt for anything that text_of() did not write.
std::optional<ResumedAudio> resumed_audio_from(std::string_view text);

}  // namespace hotline::server
