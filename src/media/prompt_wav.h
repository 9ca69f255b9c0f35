// Prompts as an admin brings them: WAV files, looked at by `hotlinectl check` and loaded by the
// server before calls need them. Reads files: on any thread but the call thread and the senders'.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "media/prompt_audio.h"

namespace hotline::media {

inline constexpr int kLongestPromptS = 600;
// Ten minutes of 48,000 samples a second, two channels of 16 bits, take 110 MiB.
inline constexpr std::size_t kMostPromptBytes = std::size_t{128} << 20;

struct PromptFacts {
  double seconds;
  int rate;      // samples a second
  int channels;  // 1 or 2
};

// Can the file be a prompt? Looks at all but the samples themselves, which any bytes can be.
// Taken: WAV of 8, 16, 24 or 32 bits, float, A-law or mu-law; 8,000, 16,000, 44,100 or 48,000
// samples a second; one channel or two.
// Errors: why not, in a sentence that begins with the path.
// Thread: one at a time (libsndfile keeps the reason of its last failure in one place).
tl::expected<PromptFacts, std::string> check_prompt(const std::filesystem::path& path);

// The same, and its sound: two channels become their mean, too loud samples are clipped.
// Errors, Thread: as check_prompt.
tl::expected<std::shared_ptr<const Audio>, std::string> load_prompt(
    const std::filesystem::path& path);

}  // namespace hotline::media
