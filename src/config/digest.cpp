#include "config/digest.h"

#include <array>

#include <openssl/evp.h>

#include "hotline/base/contract.h"

namespace hotline::config {

std::string sha256(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HOTLINE_EXPECT(
      EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += {kHex[digest[i] >> 4], kHex[digest[i] & 0x0f]};
  return hex;
}

}  // namespace hotline::config
