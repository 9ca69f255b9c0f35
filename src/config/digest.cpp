#include "config/digest.h"

#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include <openssl/evp.h>

#include "hotline/base/contract.h"

namespace hotline::config {

namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hex_of(const Digest& digest, unsigned size) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += {kHex[digest[i] >> 4], kHex[digest[i] & 0x0f]};
  return hex;
}

std::string hex_digest(std::string_view text, const EVP_MD* kind) {
  Digest digest{};
  unsigned size = 0;
  HOTLINE_EXPECT(EVP_Digest(text.data(), text.size(), digest.data(), &size, kind, nullptr) == 1);
  return hex_of(digest, size);
}

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

std::string sha256(std::string_view text) { return hex_digest(text, EVP_sha256()); }

std::string md5(std::string_view text) { return hex_digest(text, EVP_md5()); }

std::optional<std::string> sha256_of_file(const std::filesystem::path& path) {
  constexpr std::size_t kPiece = std::size_t{1} << 18;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  HOTLINE_EXPECT(context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  std::vector<char> piece(kPiece);
  do {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto length = static_cast<std::size_t>(file.gcount());
    HOTLINE_EXPECT(EVP_DigestUpdate(context.get(), piece.data(), length) == 1);
  } while (file);
  if (!file.eof()) return std::nullopt;
  Digest digest{};
  unsigned size = 0;
  HOTLINE_EXPECT(EVP_DigestFinal_ex(context.get(), digest.data(), &size) == 1);
  return hex_of(digest, size);
}

}  // namespace hotline::config
