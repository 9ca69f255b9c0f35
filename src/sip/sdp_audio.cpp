#include "sip/sdp_audio.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <strings.h>

#include "sip/sdp_lines.h"

namespace hotline::sip {
namespace {

constexpr int kPcmu = 0;
constexpr int kPcma = 8;
constexpr int kMostType = 127;
constexpr std::string_view kEvents = "telephone-event/8000";

int number_in(std::string_view word, int most) {
  int number = -1;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && number >= 0 && number <= most ? number : -1;
}

// "audio 49170/2 RTP/AVP 0 8"
struct MediaLine {
  std::string_view kind;
  int port = 0;
  std::string_view transport;
  std::string_view formats;

  explicit MediaLine(std::string_view value) {
    kind = take_word(value);
    const std::string_view ports = take_word(value);
    port = number_in(ports.substr(0, ports.find('/')), 65'535);
    transport = take_word(value);
    formats = value;
  }
  bool is_wanted_audio() const { return kind == "audio" && port > 0; }
};

// What attributes say of the direction, of the session or of one stream.
struct Direction {
  bool sends = true;
  bool receives = true;

  void read(std::string_view attribute) {
    if (attribute == "sendrecv") *this = {true, true};
    if (attribute == "sendonly") *this = {true, false};
    if (attribute == "recvonly") *this = {false, true};
    if (attribute == "inactive") *this = {false, false};
  }
};

bool is_direction(std::string_view attribute) {
  static constexpr std::string_view kDirections[] = {"sendrecv", "sendonly", "recvonly",
                                                     "inactive"};
  return std::find(std::begin(kDirections), std::end(kDirections), attribute) !=
         std::end(kDirections);
}

// What stood for a hold before directions did (RFC 3264 §8.4).
bool is_nowhere(std::string_view address) { return address == "0.0.0.0" || address == "::"; }

struct Connection {
  std::string_view address;
  bool is_v6 = false;

  void read(std::string_view value) {
    take_word(value);
    is_v6 = take_word(value) == "IP6";
    address = value.substr(0, value.find('/'));
  }
};

// "101 telephone-event/8000" (RFC 4733 §7.1.1)
void read_rtpmap(std::string_view value, AudioStream& audio) {
  const int type = number_in(take_word(value), kMostType);
  const std::string_view name = value.substr(0, value.find('/', value.find('/') + 1));
  if (type >= 0 && name.size() == kEvents.size() &&
      ::strncasecmp(name.data(), kEvents.data(), kEvents.size()) == 0) {
    audio.event_type = type;
  }
}

void read_attribute(std::string_view attribute, AudioStream& audio, Direction& direction) {
  direction.read(attribute);
  if (attribute.starts_with("rtpmap:")) read_rtpmap(attribute.substr(7), audio);
  if (attribute.starts_with("rtcp:")) {
    std::string_view value = attribute.substr(5);
    const int port = number_in(take_word(value), 65'535);
    if (port > 0) audio.rtcp_port = static_cast<std::uint16_t>(port);
  }
}

AudioStream begin_audio(const MediaLine& media) {
  AudioStream audio;
  audio.port = static_cast<std::uint16_t>(media.port);
  audio.rtcp_port = static_cast<std::uint16_t>(media.port == 65'535 ? 0 : media.port + 1);
  std::string_view formats = media.formats;
  while (!formats.empty()) {
    const int type = number_in(take_word(formats), kMostType);
    if (type == kPcma || type == kPcmu) audio.companded.push_back(type);
  }
  return audio;
}

// Whatever names, locates or times the author, or bundles streams that are not relayed together.
bool tells_of_author(std::string_view attribute) {
  static constexpr std::string_view kTelling[] = {"candidate:",
                                                  "ice-",
                                                  "end-of-candidates",
                                                  "remote-candidates:",
                                                  "rtcp:",
                                                  "rtcp-mux",
                                                  "group:",
                                                  "mid:",
                                                  "msid",
                                                  "ssrc",
                                                  "source-filter:"};
  return std::any_of(std::begin(kTelling), std::end(kTelling),
                     [&](std::string_view word) { return attribute.starts_with(word); });
}

std::string family(const AudioPlace& place) {
  return std::string("IN ") + (place.is_v6 ? "IP6 " : "IP4 ") + place.address;
}

std::string head(const AudioPlace& place) {
  return "v=0\r\no=- " + std::to_string(place.session) + ' ' + std::to_string(place.version) + ' ' +
         family(place) + "\r\ns=-\r\nc=" + family(place) + "\r\n";
}

std::string media_line(const MediaLine& media, int port) {
  return "m=" + std::string(media.kind) + ' ' + std::to_string(port) + ' ' +
         std::string(media.transport) + ' ' + std::string(media.formats) + "\r\n";
}

std::string own_stream(const AudioPlace& place, std::string_view transport, int codec,
                       int event_type) {
  const std::string format = std::to_string(codec);
  std::string text = "m=audio " + std::to_string(place.port) + ' ' + std::string(transport) + ' ' +
                     format + (event_type < 0 ? "" : ' ' + std::to_string(event_type)) +
                     "\r\na=rtpmap:" + format + (codec == kPcma ? " PCMA/8000" : " PCMU/8000") +
                     "\r\n";
  if (event_type >= 0) {
    const std::string event = std::to_string(event_type);
    text += "a=rtpmap:" + event + " telephone-event/8000\r\na=fmtp:" + event + " 0-15\r\n";
  }
  return text + "a=ptime:20\r\na=sendrecv\r\n";
}

}  // namespace

std::optional<AudioStream> audio_of(std::string_view body) {
  std::optional<AudioStream> audio;
  Connection connection;
  Direction direction;
  bool in_session = true;
  while (!body.empty()) {
    const std::string_view line = take_line(body);
    if (line.size() < 2) continue;
    const std::string_view value = line.substr(2);
    if (line.starts_with("m=")) {
      if (audio) break;  // its section is over
      in_session = false;
      const MediaLine media(value);
      if (media.is_wanted_audio()) audio = begin_audio(media);
    } else if (!in_session && !audio) {
      continue;  // of another stream
    } else if (line.starts_with("c=")) {
      connection.read(value);
    } else if (line.starts_with("a=") && audio) {
      read_attribute(value, *audio, direction);
    } else if (line.starts_with("a=")) {
      direction.read(value);
    }
  }
  if (!audio) return std::nullopt;
  audio->address = connection.address;
  audio->is_v6 = connection.is_v6;
  audio->sends = direction.sends;
  audio->receives = direction.receives && !is_nowhere(connection.address);
  return audio;
}

std::string with_place(std::string_view body, const AudioPlace& place) {
  const auto audio = audio_of(body);
  // Our address says nothing of a hold by address: the direction has to.
  const bool on_hold = audio && is_nowhere(audio->address);
  std::string text = head(place), direction;
  bool placed = false, refused = false;
  while (!body.empty()) {
    const std::string_view line = take_line(body);
    if (line.size() < 2) continue;
    const std::string_view value = line.substr(2);
    switch (line[0]) {
      case 'm': {
        const MediaLine media(value);
        refused = placed || !media.is_wanted_audio();
        text += std::exchange(direction, "") + media_line(media, refused ? 0 : place.port);
        if (!refused && on_hold) direction = audio->sends ? "a=sendonly\r\n" : "a=inactive\r\n";
        placed = placed || !refused;
        break;
      }
      case 'a':
        if (tells_of_author(value) || (on_hold && is_direction(value))) break;
        [[fallthrough]];
      case 'b':
      case 't':
        if (!refused) text += std::string(line) + "\r\n";
        break;
      default:  // v o s: said already; c: ours; i u e p and others tell of the author
        break;
    }
  }
  return text + direction;
}

std::string own_audio(const AudioPlace& place, int codec, int event_type) {
  return head(place) + "t=0 0\r\n" + own_stream(place, "RTP/AVP", codec, event_type);
}

std::string own_answer(std::string_view offer, const AudioPlace& place, int codec, int event_type) {
  std::string text = head(place) + "t=0 0\r\n";
  bool placed = false;
  while (!offer.empty()) {
    const std::string_view line = take_line(offer);
    if (!line.starts_with("m=")) continue;
    const MediaLine media(line.substr(2));
    const bool is_it = !placed && media.is_wanted_audio();
    placed = placed || is_it;
    text += is_it ? own_stream(place, media.transport, codec, event_type) : media_line(media, 0);
  }
  return text;
}

}  // namespace hotline::sip
