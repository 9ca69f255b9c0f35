// MD5 in lower-case hexadecimal, as digest access authentication wants it (RFC 2617 §3.1.3).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <sofia-sip/su_md5.h>

namespace hotline::sip {

inline std::string md5_hex(std::string_view text) {
  su_md5_t context;
  su_md5_init(&context);
  su_md5_update(&context, text.data(), static_cast<usize_t>(text.size()));
  std::array<char, 2 * SU_MD5_DIGEST_SIZE + 1> hex{};
  su_md5_hexdigest(&context, hex.data());
  su_md5_deinit(&context);
  return std::string(hex.data());
}

// Takes as long wherever the first difference is; the lengths are no secret.
inline bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned differs = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    differs |= static_cast<unsigned>(static_cast<unsigned char>(a[i] ^ b[i]));
  }
  return differs == 0;
}

}  // namespace hotline::sip
