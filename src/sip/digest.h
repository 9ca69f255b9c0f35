// Digest access authentication (RFC 3261 §22, RFC 2617): the answer to a trunk that asks who we
// are. MD5 with or without qop=auth; never Basic, which would show the password.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hotline/routing/trunk.h"

#include "sip/sofia.h"

namespace hotline::sip {

// A parameter as it is meant: without its quotes and their escapes (RFC 3261 §25.1).
std::string unquoted(std::string_view text);

// What a trunk wants proved, unquoted.
struct Challenge {
  std::string realm;
  std::string nonce;
  std::string opaque;
  bool has_opaque = false;
  bool qop_auth = false;
  bool stale = false;      // the proof was right, its nonce too old
  bool names_md5 = false;  // the algorithm was named; it is repeated then
  bool by_proxy = false;   // 407
};

// The first challenge of a response that can be answered.
// Errors: nullopt where there is none: another scheme or algorithm, no nonce, too long.
std::optional<Challenge> challenge_of(const sip_t& answer);

// The header that proves to know the password, without its end of line: "Authorization: Digest …".
// `cnonce`: a random text of our own; used once, so its count is always 1.
std::string proof(const Challenge& challenge, const routing::Credentials& credentials,
                  std::string_view method, std::string_view uri, std::string_view cnonce);

// The header with which a request may be sent once more; empty where it may not: nobody asks, or
// somebody who is no gateway of that trunk, or one that was given a proof already and does not say
// that only its nonce was too old.
std::string proof_for(const Agent& agent, const std::string& trunk, nta_outgoing_t* request,
                      const sip_t& answer);

}  // namespace hotline::sip
