#include "server/relay_plane.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "media/prompt_names.h"
#include "media/spoken.h"
#include "media/tone.h"
#include "server/clock.h"

namespace hotline::server {
namespace {

const std::string kTone = "tone";         // as routing::Prompt has it
const std::string kBeep = "beep";         // as call::Dictating wants it
constexpr int kPcma = 8;                  // its payload type (RFC 3551 §6)
constexpr std::size_t kPairsOfACall = 8;  // what a call that begins may need soon

constexpr std::size_t kOtherFiles = 32;  // the database's, the log, sockets

// May the process have so many files, and is one to be had?
bool may_open(std::size_t files) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < files) return false;
  const int one = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (one >= 0) close(one);
  return one >= 0;
}

// Some audios, one after the other, in one codec.
class AudioFrames final : public media::Frames {
 public:
  AudioFrames(Audios audios, media::G711 codec) : audios_(std::move(audios)), codec_(codec) {
    for (const auto& audio : audios_) count_ += audio->frames();
  }

  std::size_t count() const override { return count_; }
  std::span<const std::uint8_t> frame(std::size_t index) const override {
    for (const auto& audio : audios_) {
      if (index < audio->frames()) return audio->frame(codec_, index);
      index -= audio->frames();
    }
    return {};
  }

 private:
  Audios audios_;
  media::G711 codec_;
  std::size_t count_ = 0;
};

media::Playback playback_of(Audios audios, int codec, bool repeats) {
  media::Playback playback;
  playback.frames = std::make_shared<AudioFrames>(
      std::move(audios), codec == kPcma ? media::G711::pcma : media::G711::pcmu);
  playback.payload_type = static_cast<std::uint8_t>(codec);
  playback.repeats = repeats;
  return playback;
}

media::Family family(bool is_v6) { return is_v6 ? media::Family::v6 : media::Family::v4; }

}  // namespace

// Audio is taken where calls are: at the first address of each version in `listen`.
RelayPlane::RelayPlane(const config::Settings& settings)
    : silence_(settings.media.silence),
      tone_(media::make_tone(media::Tone::ringback)),
      reminder_(media::make_tone(media::Tone::reminder)) {
  for (const routing::Endpoint& listen : settings.listen) {
    const bool is_v6 = listen.host.find(':') != std::string::npos;
    Side& side = is_v6 ? v6_ : v4_;
    if (!side.bound.empty()) continue;
    side.bound = side.advertised = listen.host;
    const auto as = std::find_if(settings.advertise.begin(), settings.advertise.end(),
                                 [&](const auto& one) { return one.listen == listen; });
    if (as != settings.advertise.end()) side.advertised = as->host;
    const auto endpoint = media::Endpoint::parse(side.advertised, 1);
    side.is_private = endpoint && endpoint->is_private();
  }
}

tl::expected<std::unique_ptr<RelayPlane>, std::string> RelayPlane::start(
    const config::Settings& settings, const Tell& tell, Begin begin) {
  std::unique_ptr<RelayPlane> plane(new RelayPlane(settings));
  plane->begin_ = std::move(begin);
  media::RelaySettings wanted;
  wanted.address_v4 = plane->v4_.bound;
  wanted.address_v6 = plane->v6_.bound;
  wanted.first_port = settings.media.first_port;
  wanted.last_port = settings.media.last_port;
  wanted.realtime_priority = settings.media.realtime_priority;
  media::RelayEvents events;
  events.silent = [tell](media::RelayLeg leg) { tell.silent(leg.value); };
  events.played = [tell](media::RelayLeg leg, media::PlaybackId number) {
    tell.played(leg.value, static_cast<std::uint32_t>(number));
  };
  events.pressed = [tell](media::RelayLeg leg, const media::Digit& digit) {
    tell.pressed(leg.value, digit.key);
  };
  events.recording_failed = [tell](media::RecordingId, const media::RecordingResult& result) {
    tell.recording_failed(result);
  };
  events.recorded = [tell](media::RecordingId, const media::RecordingResult& result) {
    tell.recorded(result);
  };
  auto relay = media::Relay::start(wanted, read_precise_clock, std::move(events));
  if (!relay) return tl::unexpected(relay.error());
  plane->relay_ = std::move(*relay);
  return plane;
}

bool RelayPlane::has_room() const {
  const media::RelayCounters now = relay_->counters();
  if (now.legs + kPairsOfACall > now.pairs) return false;
  if (may_open(2 * (now.legs + kPairsOfACall) + kOtherFiles)) return true;
  ++out_of_descriptors_;
  return false;
}

const RelayPlane::Side* RelayPlane::side(bool is_v6) const {
  const Side& side = is_v6 ? v6_ : v4_;
  return side.bound.empty() ? nullptr : &side;
}

std::optional<AudioPlane::Place> RelayPlane::open(bool is_v6) {
  if (side(is_v6) == nullptr) is_v6 = !is_v6;
  const auto leg = relay_->open(family(is_v6));
  if (!leg) return std::nullopt;
  return Place{leg->id.value, side(is_v6)->advertised, is_v6, leg->rtp_port};
}

std::optional<AudioPlane::Place> RelayPlane::open_again(bool is_v6, std::uint16_t port) {
  if (side(is_v6) == nullptr) return std::nullopt;
  const auto leg = relay_->open_again(family(is_v6), port);
  if (!leg) return std::nullopt;
  return Place{leg->id.value, side(is_v6)->advertised, is_v6, leg->rtp_port};
}

void RelayPlane::aim(std::uint32_t id, const sip::AudioStream& audio) {
  const media::RelayLeg leg{id};
  media::Remote remote;
  // A name is asked nobody for: its side is known once it sends.
  const auto endpoint = media::Endpoint::parse(audio.address, audio.port);
  if (endpoint) remote.rtp = *endpoint;
  remote.rtcp_port = audio.rtcp_port;
  const Side* ours = side(remote.rtp.family == media::Family::v6);
  remote.is_near = ours != nullptr && ours->is_private;
  if (audio.event_type >= 0) {
    remote.telephone_event = static_cast<std::uint8_t>(audio.event_type);
  }
  relay_->set_remote(leg, remote);
  relay_->expect_media(leg, audio.sends);
}

std::shared_ptr<const media::Audio> RelayPlane::find(const std::string& prompt) const {
  if (prompt == kTone) return tone_;
  if (prompt == kBeep) return reminder_;
  return prompts_ ? prompts_->find(prompt) : nullptr;
}

// A prompt that could not be loaded is a tone: that has been said when it was.
void RelayPlane::play(std::uint32_t id, int codec, const std::string& prompt) {
  auto audio = find(prompt);
  relay_->play(media::RelayLeg{id}, playback_of({audio ? std::move(audio) : tone_}, codec, true));
}

// A sentence of which a piece is missing is no sentence.
void RelayPlane::append_sentence(Audios& audios, const media::Pieces& pieces) const {
  Audios sentence;
  for (const std::string_view piece : pieces) {
    sentence.push_back(find(media::prompt_file(piece)));
    if (sentence.back() == nullptr) return;
  }
  audios.insert(audios.end(), sentence.begin(), sentence.end());
}

// What cannot be found is left out.
std::uint32_t RelayPlane::play_once(std::uint32_t id, int codec, const Words& words) {
  Audios audios;
  if (words.ahead) {
    const unsigned ahead = std::min(*words.ahead, media::kMostSpoken);
    append_sentence(audios, media::speak_queue_position(ahead));
  }
  if (words.minutes) {
    const unsigned minutes = std::min(*words.minutes, media::kMostSpoken);
    append_sentence(audios, media::speak_waiting_time(minutes));
  }
  for (const std::string& prompt : words.prompts) {
    if (auto audio = find(prompt)) audios.push_back(std::move(audio));
  }
  if (audios.empty()) return 0;
  return static_cast<std::uint32_t>(
      relay_->play(media::RelayLeg{id}, playback_of(std::move(audios), codec, false)));
}

void RelayPlane::remind(std::uint32_t id, int codec) {
  relay_->play(media::RelayLeg{id}, playback_of({reminder_}, codec, false));
}

void RelayPlane::stop(std::uint32_t id) { relay_->stop(media::RelayLeg{id}); }

void RelayPlane::connect(std::uint32_t a, std::uint32_t b) {
  relay_->connect(media::RelayLeg{a}, media::RelayLeg{b});
}

std::uint32_t RelayPlane::record(std::uint32_t caller, std::uint32_t phone,
                                 const Recording& recording) {
  return static_cast<std::uint32_t>(
      relay_->record(media::RelayLeg{caller}, media::RelayLeg{phone}, begin_(recording)));
}

std::uint32_t RelayPlane::record_alone(std::uint32_t caller, const Recording& recording) {
  return static_cast<std::uint32_t>(
      relay_->record_alone(media::RelayLeg{caller}, begin_(recording)));
}

void RelayPlane::record_phone(std::uint32_t recording, std::uint32_t phone) {
  relay_->record_phone(static_cast<media::RecordingId>(recording), media::RelayLeg{phone});
}

void RelayPlane::watch(std::uint32_t id) { relay_->watch_silence(media::RelayLeg{id}, silence_); }

void RelayPlane::close(std::uint32_t id) { relay_->close(media::RelayLeg{id}); }

Instant RelayPlane::last_heard(std::uint32_t id) const {
  return relay_->statistics(media::RelayLeg{id}).last_packet;
}

// "in 1500 lost 3 jitter 2 ms out 1498 foreign 12"; what is nothing is left out behind the packets.
std::string RelayPlane::counted(std::uint32_t id) const {
  constexpr std::uint32_t kSamplesPerMs = 8;
  const media::LegStatistics had = relay_->statistics(media::RelayLeg{id});
  std::string text = "in " + std::to_string(had.packets_in);
  const auto add = [&](const char* word, std::uint64_t count, const char* unit = "") {
    if (count > 0) text += std::string(" ") + word + ' ' + std::to_string(count) + unit;
  };
  add("lost", had.lost);
  add("jitter", had.jitter / kSamplesPerMs, " ms");
  text += " out " + std::to_string(had.packets_out);
  add("foreign", had.foreign);
  add("malformed", had.malformed);
  return text;
}

}  // namespace hotline::server
