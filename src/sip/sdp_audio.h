// The audio of a session description (RFC 8866), for a server that relays it: where the other side
// wants it, and the same description with our address in that place. Call thread; no I/O.
// All of it requires descriptions that judge_sdp() calls sane.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::sip {

// The first audio stream that is wanted, as its side describes it.
struct AudioStream {
  std::string address;          // as written: an IP literal, or a name, which we ask nobody for
  bool is_v6 = false;           // what it says it is
  std::uint16_t port = 0;       // of RTP
  std::uint16_t rtcp_port = 0;  // RFC 3605; else the next one
  bool sends = true;            // RFC 3264 §5.1: it will send, if the other side lets it
  bool receives = true;
  int event_type = -1;         // payload type of telephone-event at 8000 Hz (RFC 4733); -1: none
  std::vector<int> companded;  // 8 PCMA, 0 PCMU, in its order of preference
};

// Errors: nullopt where no audio is wanted.
std::optional<AudioStream> audio_of(std::string_view body);

// Where we receive, and how our description is numbered.
struct AudioPlace {
  std::string address;  // an IP literal
  bool is_v6 = false;
  std::uint16_t port = 0;  // of RTP; RTCP is the next one
  std::uint64_t session = 0;
  std::uint64_t version = 0;
};

// The description with our place in place of its author's. Streams beside that audio are refused
// (port zero), for they are not relayed; what tells of the author (names, addresses, ICE, RTCP
// ports) goes.
std::string with_place(std::string_view body, const AudioPlace& place);

// A description of our own with one codec, 8 or 0, and events of keys where there is a type.
std::string own_audio(const AudioPlace& place, int codec, int event_type);

// Our own answer to an offer: that codec alone for the audio, all else refused.
// Requires: the offer has audio, and the codec.
std::string own_answer(std::string_view offer, const AudioPlace& place, int codec, int event_type);

}  // namespace hotline::sip
