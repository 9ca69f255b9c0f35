// What the audio path needs of the media plane: a place where a leg's audio comes in, and the ways
// between two of them. Requests are carried out a moment later, in order. Thread: the call thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hotline/base/ids.h"
#include "hotline/base/time.h"

#include "sip/sdp_audio.h"

namespace hotline::server {

class AudioPlane {
 public:
  struct Place {
    std::uint32_t id = 0;  // never used again
    std::string address;   // as others reach it
    bool is_v6 = false;
    std::uint16_t port = 0;
  };

  struct Words {
    std::optional<std::uint32_t> ahead{};    // first of all: so many callers are, in a queue
    std::optional<std::uint32_t> minutes{};  // then: so long it may still wait
    std::vector<std::string> prompts{};
  };

  virtual ~AudioPlane() = default;

  // False: another call would hardly find ports.
  virtual bool has_room() const = 0;
  // Of the other version where we have no address of that one.
  // Errors: nullopt where no ports are free.
  virtual std::optional<Place> open(bool is_v6) = 0;
  // The place of a former process. Errors: nullopt where that port is not to be had.
  virtual std::optional<Place> open_again(bool is_v6, std::uint16_t port) = 0;
  // What its side has said: where it receives, what it sends.
  virtual void aim(std::uint32_t id, const sip::AudioStream& audio) = 0;
  // Its side hears that prompt, again and again, instead of anybody else: a path, "tone", "beep".
  virtual void play(std::uint32_t id, int codec, const std::string& prompt) = 0;
  // These, one after the other and once; the end is told, with what this returns.
  // Returns: 0 where there are no such prompts; a number never used again.
  virtual std::uint32_t play_once(std::uint32_t id, int codec, const Words& words) = 0;
  // A short tone, once and in between; its end is not told.
  virtual void remind(std::uint32_t id, int codec) = 0;
  virtual void stop(std::uint32_t id) = 0;
  // Each hears the other, and nobody else.
  virtual void connect(std::uint32_t a, std::uint32_t b) = 0;
  struct Recording {
    CallId call;
    std::string path;  // below the directory of recordings
  };
  // What both sides say is recorded until the caller's place is closed; what came of it is told.
  // Returns: a number never used again.
  virtual std::uint32_t record(std::uint32_t caller, std::uint32_t phone,
                               const Recording& recording) = 0;
  virtual std::uint32_t record_alone(std::uint32_t caller, const Recording& recording) = 0;
  // It goes on with that phone.
  virtual void record_phone(std::uint32_t recording, std::uint32_t phone) = 0;
  // From now on it is told where nothing comes from that one's side.
  virtual void watch(std::uint32_t id) = 0;
  virtual void close(std::uint32_t id) = 0;
  // The last packet from its side; the epoch: none came.
  virtual Instant last_heard(std::uint32_t id) const = 0;
  // What was counted of it, as the record has it.
  virtual std::string counted(std::uint32_t id) const = 0;
};

}  // namespace hotline::server
