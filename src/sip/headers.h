// What we say about ourselves in every message: where we are reached, what we can do; and the
// small readers of headers that several verbs share.
#pragma once

#include <optional>
#include <string>

#include "hotline/call/event.h"
#include "hotline/routing/trunk.h"

#include "sip/address.h"

namespace hotline::sip {

inline constexpr const char* kAllow = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO";
// Of a phone that may pass its call on.
inline constexpr const char* kAllowWithRefer =
    "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER";
inline constexpr const char* kSupported = "100rel, timer";
inline constexpr const char* kSupportedTimer = "timer";  // where nothing provisional is to come
inline constexpr int kRetryAfter_s = 5;
inline constexpr const char* kSdp = "application/sdp";

// One of our own sockets, as others write it.
struct Local {
  routing::Transport transport = routing::Transport::udp;
  std::string bound;  // what it is bound to: "127.0.0.1", "[::1]"
  std::string bound_port;
  std::string host;  // where others reach it; the same unless another one is advertised
  std::string port;
  std::string contact;  // "<sip:127.0.0.1:5060>", "<sip:127.0.0.1:5060;transport=tcp>"
  const sip_contact_t* contact_header = nullptr;  // the same, for sofia
  bool v6 = false;
};

// 128 random bits in hexadecimal: for tags and Call-IDs that nobody guesses. Thread: the loop's.
std::string random_token();

// The extensions a request demands (Require) that we lack.
std::string unknown_extensions(const sip_t& sip);

// The session description a message carries; empty when it carries nothing at all.
// Errors: the status code that says what is wrong with it.
struct Body {
  int refusal = 0;
  call::Media media;
};
Body body_of(const sip_t& sip);

// What sofia takes for a header that may be left out: null where there is no text.
inline const char* or_none(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

// The address a message came from, and how.
routing::Transport transport_of(const msg_t* message);
const su_sockaddr_t& source_of(const msg_t* message);

}  // namespace hotline::sip
