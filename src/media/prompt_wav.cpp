#include "media/prompt_wav.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/prompt_chunks.h"
#include "media/resample.h"

namespace hotline::media {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::uint32_t, 4> kRates{8000, 16000, 44100, 48000};
constexpr int kMostChannels = 2;
constexpr std::size_t kBlock = 4096;  // samples of every channel, read at once

// Sentences that go on after the file's name; open_wav puts it in front.
using Failure = tl::unexpected<std::string>;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

struct Close {
  void operator()(SNDFILE* file) const { sf_close(file); }
};

// A file that can be a prompt, at its beginning.
struct Wav {
  Descriptor descriptor;
  std::unique_ptr<SNDFILE, Close> file;  // does not own the descriptor
  SF_INFO info;
};

Failure cannot_be_opened(int code) {
  return Failure("cannot be opened: " + std::generic_category().message(code));
}

tl::expected<void, std::string> check_format(const WavFormat& format) {
  if (format.channels < 1 || format.channels > kMostChannels) {
    return Failure("has " + std::to_string(format.channels) + " channels; 1 or 2 can be read");
  }
  if (std::find(kRates.begin(), kRates.end(), format.rate) == kRates.end()) {
    return Failure("has " + std::to_string(format.rate) +
                   " samples a second; 8000, 16000, 44100 or 48000 can be read");
  }
  return {};
}

tl::expected<Descriptor, std::string> open_whole(const fs::path& path) {
  // O_NONBLOCK: opening a pipe nobody writes to must not wait.
  Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.get() < 0) return cannot_be_opened(errno);
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) return cannot_be_opened(errno);
  if (!S_ISREG(status.st_mode)) return Failure("is no regular file");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size == 0) return Failure("is empty");
  if (size > kMostPromptBytes) {
    return Failure("has " + std::to_string(size) + " bytes; " + std::to_string(kMostPromptBytes) +
                   " are the most");
  }
  const auto format = read_chunks(descriptor.get(), size);
  if (!format) return Failure(format.error());
  if (auto checked = check_format(*format); !checked) return Failure(checked.error());
  return descriptor;
}

bool is_taken(int format) {
  const int type = format & SF_FORMAT_TYPEMASK;
  if (type != SF_FORMAT_WAV && type != SF_FORMAT_WAVEX) return false;
  switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_U8:
    case SF_FORMAT_PCM_16:
    case SF_FORMAT_PCM_24:
    case SF_FORMAT_PCM_32:
    case SF_FORMAT_FLOAT:
    case SF_FORMAT_DOUBLE:
    case SF_FORMAT_ALAW:
    case SF_FORMAT_ULAW:
      return true;
    default:
      return false;
  }
}

tl::expected<void, std::string> check_info(const SF_INFO& info) {
  if (!is_taken(info.format)) {
    return Failure("is packed; plain samples, A-law and mu-law can be read");
  }
  // Once more: a file may have two headers.
  if (auto checked = check_format({info.channels, static_cast<std::uint32_t>(info.samplerate)});
      !checked) {
    return checked;
  }
  // Less than one sample of 8,000 a second.
  if (info.frames * kSamplesPerSecond < info.samplerate) return Failure("holds no sound");
  if (info.frames > sf_count_t{kLongestPromptS} * info.samplerate) {
    return Failure("lasts " + std::to_string(info.frames / info.samplerate) + " s; " +
                   std::to_string(kLongestPromptS) + " are the most");
  }
  return {};
}

// The library's own words, as the rest of a sentence of ours.
std::string sndfile_error() {
  std::string text = sf_strerror(nullptr);
  const std::size_t end = text.find_last_not_of(" .\n");
  text.resize(end == std::string::npos ? 0 : end + 1);
  return text;
}

tl::expected<Wav, std::string> open_wav(const fs::path& path) {
  auto descriptor = open_whole(path);
  if (!descriptor) return Failure(path.string() + ": " + descriptor.error());
  SF_INFO info{};
  std::unique_ptr<SNDFILE, Close> file(
      sf_open_fd(descriptor->get(), SFM_READ, &info, /*close_desc=*/SF_FALSE));
  if (!file)
    return Failure(path.string() + ": has a header that makes no sense: " + sndfile_error());
  if (auto checked = check_info(info); !checked) {
    return Failure(path.string() + ": " + checked.error());
  }
  return Wav{std::move(*descriptor), std::move(file), info};
}

// The mean of the channels, of -1 to 1. Files of floats may hold anything.
float mono(std::span<const float> channels) {
  float sum = 0;
  for (const float value : channels) sum += std::isnan(value) ? 0 : std::clamp(value, -1.0F, 1.0F);
  return sum / static_cast<float>(channels.size());
}

// Returns: how many samples of every channel the file gave.
sf_count_t read_samples(const Wav& wav, std::vector<std::int16_t>& samples) {
  const auto channels = static_cast<std::size_t>(wav.info.channels);
  std::array<float, kBlock * kMostChannels> block;
  std::array<float, kBlock> mixed;
  Resampler resampler(wav.info.samplerate);
  sf_count_t total = 0;
  while (true) {
    const sf_count_t got = sf_readf_float(wav.file.get(), block.data(), kBlock);
    if (got <= 0) break;
    total += got;
    const auto count = static_cast<std::size_t>(got);
    for (std::size_t i = 0; i < count; ++i) {
      mixed[i] = mono({block.data() + i * channels, channels});
    }
    resampler.put({mixed.data(), count}, samples);
  }
  resampler.finish(samples);
  return total;
}

}  // namespace

tl::expected<PromptFacts, std::string> check_prompt(const fs::path& path) {
  const auto wav = open_wav(path);
  if (!wav) return Failure(wav.error());
  const SF_INFO& info = wav->info;
  return PromptFacts{static_cast<double>(info.frames) / info.samplerate, info.samplerate,
                     info.channels};
}

tl::expected<std::shared_ptr<const Audio>, std::string> load_prompt(const fs::path& path) {
  const auto wav = open_wav(path);
  if (!wav) return Failure(wav.error());
  std::vector<std::int16_t> samples;
  const sf_count_t read = read_samples(*wav, samples);
  if (read < wav->info.frames) {
    return Failure(path.string() + ": cannot be read: its sound ends after " +
                   std::to_string(read) + " of " + std::to_string(wav->info.frames) + " samples");
  }
  return std::make_shared<const Audio>(samples);
}

}  // namespace hotline::media
