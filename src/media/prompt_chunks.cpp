#include "media/prompt_chunks.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <unistd.h>

namespace hotline::media {
namespace {

// Titles and cue marks come in a few; more are no prompt.
constexpr int kMostChunks = 100;
constexpr std::uint64_t kRiffHeader = 12;  // "RIFF", a size, "WAVE"
constexpr std::uint64_t kChunkHeader = 8;  // a name, a size

using Failure = tl::unexpected<std::string>;

template <std::size_t size>
bool read_at(int fd, std::uint64_t offset, std::array<char, size>& bytes) {
  ssize_t got = 0;
  do {
    got = ::pread(fd, bytes.data(), size, static_cast<off_t>(offset));
  } while (got < 0 && errno == EINTR);
  return got == static_cast<ssize_t>(size);
}

std::uint32_t little_endian(const char* bytes) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace

tl::expected<void, std::string> check_chunks(int fd, std::uint64_t size) {
  std::array<char, kRiffHeader> riff{};
  if (!read_at(fd, 0, riff) || std::string_view(riff.data(), 4) != "RIFF" ||
      std::string_view(riff.data() + 8, 4) != "WAVE") {
    return Failure("is no WAV file");
  }
  std::uint64_t offset = kRiffHeader;
  for (int i = 0; i < kMostChunks; ++i) {
    std::array<char, kChunkHeader> chunk{};
    if (!read_at(fd, offset, chunk)) return Failure("ends before its sound begins");
    offset += kChunkHeader;
    const std::uint64_t promised = little_endian(chunk.data() + 4);
    if (std::string_view(chunk.data(), 4) == "data") {
      if (promised <= size - offset) return {};
      return Failure("is cut off: its header promises " + std::to_string(promised) +
                     " bytes of sound, " + std::to_string(size - offset) + " are there");
    }
    offset += promised + promised % 2;
  }
  return Failure("has more than " + std::to_string(kMostChunks) + " chunks before its sound");
}

}  // namespace hotline::media
