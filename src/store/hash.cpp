#include "store/hash.h"

#include <openssl/evp.h>

#include "hotline/base/contract.h"

namespace hotline::store {
namespace {

constexpr std::size_t kHashSize = 32;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

Hash first_hash() { return Hash(kHashSize, '\0'); }

std::string to_hex(const Hash& hash) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (const char c : hash) {
    const auto byte = static_cast<unsigned char>(c);
    hex += {kHex[byte >> 4], kHex[byte & 0x0f]};
  }
  return hex;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
  if (text.size() != 2 * kHashSize) return std::nullopt;
  Hash hash;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    hash += static_cast<char>(high << 4 | low);
  }
  return hash;
}

// Kept from one hash to the next: fetching the algorithm costs more than a record's hash.
struct Hasher::Digest {
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
};

Hasher::Hasher() : digest_(std::make_unique<Digest>()) {
  HOTLINE_EXPECT(digest_->algorithm != nullptr && digest_->context != nullptr);
}

Hasher::~Hasher() {
  EVP_MD_CTX_free(digest_->context);
  EVP_MD_free(digest_->algorithm);
}

Hash Hasher::next(const Hash& before, std::string_view bytes) {
  Hash hash(kHashSize, '\0');
  const bool done = EVP_DigestInit_ex2(digest_->context, digest_->algorithm, nullptr) == 1 &&
                    EVP_DigestUpdate(digest_->context, before.data(), before.size()) == 1 &&
                    EVP_DigestUpdate(digest_->context, bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(digest_->context,
                                       reinterpret_cast<unsigned char*>(hash.data()), nullptr) == 1;
  HOTLINE_EXPECT(done);
  return hash;
}

}  // namespace hotline::store
