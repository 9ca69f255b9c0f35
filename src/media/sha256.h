// SHA-256 of what comes piece by piece.
// Source: FIPS 180-4.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace hotline::media {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::span<const std::uint8_t> bytes);
  // Of all so far, in hex. To be asked once; nothing comes after it.
  std::string hex();

 private:
  struct Digest;
  std::unique_ptr<Digest> digest_;
};

}  // namespace hotline::media
