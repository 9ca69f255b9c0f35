// The chunks of a WAV file, as far as its sound. libsndfile makes the best of a file that ends too
// early; that a prompt was cut off on its way should be told to the admin instead.
#pragma once

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace hotline::media {

// What a header says, right or wrong.
struct WavFormat {
  int channels;
  std::uint32_t rate;  // samples a second
};

// The format of a file that has all the sound its header promises. `fd` is a regular file of `size`
// bytes; its position does not move.
// Errors: what is wrong, in a sentence that goes on after the file's name.
tl::expected<WavFormat, std::string> read_chunks(int fd, std::uint64_t size);

}  // namespace hotline::media
