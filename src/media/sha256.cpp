#include "media/sha256.h"

#include <array>
#include <string_view>

#include <openssl/evp.h>

#include "hotline/base/contract.h"

namespace hotline::media {

struct Sha256::Digest {
  Digest() : context(EVP_MD_CTX_new()) {
    HOTLINE_EXPECT(context != nullptr && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1);
  }
  ~Digest() { EVP_MD_CTX_free(context); }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  EVP_MD_CTX* context;
};

Sha256::Sha256() : digest_(std::make_unique<Digest>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::span<const std::uint8_t> bytes) {
  HOTLINE_EXPECT(EVP_DigestUpdate(digest_->context, bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex() {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::array<unsigned char, 32> hash{};
  HOTLINE_EXPECT(EVP_DigestFinal_ex(digest_->context, hash.data(), nullptr) == 1);
  std::string hex;
  for (const unsigned char byte : hash) hex += {kHex[byte >> 4], kHex[byte & 0x0f]};
  return hex;
}

}  // namespace hotline::media
