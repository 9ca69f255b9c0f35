#include "media/prompt_chunks.h"

#include <array>
#include <cerrno>
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

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
  }
  return value;
}

// The beginning of the chunk "fmt ": kind, channels, rate.
tl::expected<WavFormat, std::string> read_format(int fd, std::uint64_t offset) {
  std::array<char, 8> bytes{};
  if (!read_at(fd, offset, bytes)) return Failure("ends before its sound begins");
  const std::string_view text(bytes.data(), bytes.size());
  return WavFormat{static_cast<int>(little_endian(text.substr(2, 2))),
                   little_endian(text.substr(4))};
}

}  // namespace

tl::expected<WavFormat, std::string> read_chunks(int fd, std::uint64_t size) {
  std::array<char, kRiffHeader> riff{};
  if (!read_at(fd, 0, riff) || std::string_view(riff.data(), 4) != "RIFF" ||
      std::string_view(riff.data() + 8, 4) != "WAVE") {
    return Failure("is no WAV file");
  }
  tl::expected<WavFormat, std::string> format = Failure("has no format before its sound");
  std::uint64_t offset = kRiffHeader;
  for (int i = 0; i < kMostChunks; ++i) {
    std::array<char, kChunkHeader> header{};
    if (!read_at(fd, offset, header)) return Failure("ends before its sound begins");
    offset += kChunkHeader;
    const std::string_view name(header.data(), 4);
    const std::uint64_t promised = little_endian({header.data() + 4, 4});
    if (name == "fmt ") format = read_format(fd, offset);
    if (name == "data") {
      if (promised <= size - offset) return format;
      return Failure("is cut off: its header promises " + std::to_string(promised) +
                     " bytes of sound, " + std::to_string(size - offset) + " are there");
    }
    offset += promised + promised % 2;
  }
  return Failure("has more than " + std::to_string(kMostChunks) + " chunks before its sound");
}

}  // namespace hotline::media
