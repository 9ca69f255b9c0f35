#include "sip/headers.h"

#include <array>
#include <cerrno>
#include <span>

#include <strings.h>
#include <sys/random.h>
#include <sys/socket.h>

#include "hotline/base/contract.h"

#include "sip/sdp.h"

namespace hotline::sip {

// The system is asked for many tokens' bytes at a time; what is given out is forgotten.
std::string random_token() {
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::size_t size = 16;
  static std::array<unsigned char, 16 * size> pool{};
  static std::size_t left = 0;
  if (left == 0) {
    left = pool.size();
    ssize_t got = 0;  // no more than 256 bytes at once: then a signal cannot cut it short
    do {
      got = getrandom(pool.data(), pool.size(), 0);
    } while (got < 0 && errno == EINTR);
    HOTLINE_EXPECT(got == static_cast<ssize_t>(pool.size()));
  }
  left -= size;
  std::string token;
  token.reserve(2 * size);
  for (unsigned char& byte : std::span(pool).subspan(left, size)) {
    token += {hex[byte >> 4], hex[byte & 15]};
    byte = 0;
  }
  return token;
}

std::string unknown_extensions(const sip_t& sip) {
  const sip_require_t* require = sip.sip_require;
  std::string list;
  if (require == nullptr || require->k_items == nullptr) return list;
  for (const msg_param_t* item = require->k_items; *item != nullptr; ++item) {
    if (strcasecmp(*item, "100rel") == 0 || strcasecmp(*item, "timer") == 0) continue;
    if (!list.empty()) list += ", ";
    list += *item;
  }
  return list;
}

Body body_of(const sip_t& sip) {
  Body body;
  const sip_payload_t* payload = sip.sip_payload;
  if (payload == nullptr || payload->pl_len == 0) return body;
  const sip_content_type_t* type = sip.sip_content_type;
  if (type == nullptr || type->c_type == nullptr || strcasecmp(type->c_type, kSdp) != 0 ||
      sip.sip_content_encoding != nullptr) {
    body.refusal = 415;
    return body;
  }
  const std::string_view text(payload->pl_data, payload->pl_len);
  switch (judge_sdp(text)) {
    case SdpVerdict::sane:
      body.media = {kSdp, std::string(text)};
      break;
    case SdpVerdict::too_large:
      body.refusal = 413;
      break;
    case SdpVerdict::malformed:
      body.refusal = 400;
      break;
    case SdpVerdict::unusable:
      body.refusal = 488;
      break;
  }
  return body;
}

routing::Transport transport_of(const msg_t* message) {
  const bool stream = msg_addrinfo(const_cast<msg_t*>(message))->ai_socktype == SOCK_STREAM;
  return stream ? routing::Transport::tcp : routing::Transport::udp;
}

const su_sockaddr_t& source_of(const msg_t* message) {
  const su_sockaddr_t* from = msg_addr(const_cast<msg_t*>(message));
  HOTLINE_EXPECT(from != nullptr);
  return *from;
}

}  // namespace hotline::sip
