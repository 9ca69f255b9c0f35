// The media plane as the audio path asks for it, by the relay's own words. Thread: the call thread;
// what the relay tells is posted there.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/load.h"
#include "media/prompt_library.h"
#include "media/relay.h"
#include "media/spoken.h"
#include "server/audio_plane.h"

namespace hotline::server {

using Audios = std::vector<std::shared_ptr<const media::Audio>>;

class RelayPlane final : public AudioPlane {
 public:
  // The first three are told on the media thread, which waits meanwhile; the others by the thread
  // that writes recordings.
  struct Tell {
    std::function<void(std::uint32_t id)> silent;
    std::function<void(std::uint32_t id, std::uint32_t number)> played;
    std::function<void(std::uint32_t id, char key)> pressed;
    std::function<void(const media::RecordingResult&)> recording_failed;
    std::function<void(const media::RecordingResult&)> recorded;
  };
  // How a recording begins. Called on the call thread.
  using Begin = std::function<media::RecordingStart(const Recording&)>;
  // Errors: one sentence.
  static tl::expected<std::unique_ptr<RelayPlane>, std::string> start(
      const config::Settings& settings, const Tell& tell, Begin begin);

  bool has_room() const override;
  std::optional<Place> open(bool is_v6) override;
  std::optional<Place> open_again(bool is_v6, std::uint16_t port) override;
  void aim(std::uint32_t id, const sip::AudioStream& audio) override;
  void play(std::uint32_t id, int codec, const std::string& prompt) override;
  std::uint32_t play_once(std::uint32_t id, int codec, const Words& words) override;
  void remind(std::uint32_t id, int codec) override;
  void stop(std::uint32_t id) override;
  void connect(std::uint32_t a, std::uint32_t b) override;
  void watch(std::uint32_t id) override;
  std::uint32_t record(std::uint32_t caller, std::uint32_t phone,
                       const Recording& recording) override;
  std::uint32_t record_alone(std::uint32_t caller, const Recording& recording) override;
  void record_phone(std::uint32_t recording, std::uint32_t phone) override;
  void close(std::uint32_t id) override;
  Instant last_heard(std::uint32_t id) const override;
  std::string counted(std::uint32_t id) const override;

  // What prompts sound like from now on; what plays goes on as it began.
  void use(std::shared_ptr<const media::PromptLibrary> prompts) { prompts_ = std::move(prompts); }
  media::RelayCounters counters() const { return relay_->counters(); }
  media::Traffic traffic() const { return relay_->traffic(); }
  // How often there was no room because the process may not open more files.
  std::uint64_t out_of_descriptors() const { return out_of_descriptors_; }

 private:
  // An address of ours, and what others are told of it.
  struct Side {
    std::string bound;
    std::string advertised;
    bool is_private = false;
  };

  explicit RelayPlane(const config::Settings& settings);
  const Side* side(bool is_v6) const;
  std::shared_ptr<const media::Audio> find(const std::string& prompt) const;
  void append_sentence(Audios& audios, const media::Pieces& pieces) const;

  mutable std::uint64_t out_of_descriptors_ = 0;
  Side v4_, v6_;  // `bound` is empty where we have none
  Milliseconds silence_;
  std::shared_ptr<const media::PromptLibrary> prompts_;  // null: none yet
  std::shared_ptr<const media::Audio> tone_;
  std::shared_ptr<const media::Audio> reminder_;
  Begin begin_;
  std::unique_ptr<media::Relay> relay_;
};

}  // namespace hotline::server
