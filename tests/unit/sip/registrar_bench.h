// A registrar with two users, and phones that register with it or guess.
#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "sip/md5.h"
#include "sip/registrar.h"

namespace hotline::sip {

inline constexpr const char* kUri = "sip:pbx.example";
inline constexpr const char* kRealm = "hotline";

inline Address address(const std::string& literal) { return *Address::parse(literal); }

// The address of a stranger, another one for each number.
inline Address stranger(int number) {
  return address("10." + std::to_string(number >> 16) + "." + std::to_string(number >> 8 & 255) +
                 "." + std::to_string(number & 255));
}

inline std::string ha1(const std::string& user, const std::string& password) {
  return md5_hex(user + ":" + kRealm + ":" + password);
}

// Empty where there is none.
inline std::string nonce_in(const std::string& challenge) {
  const std::size_t at = challenge.find("nonce=\"") + 7;
  if (challenge.empty()) return {};
  return challenge.substr(at, challenge.find('"', at) - at);
}

inline bool is_stale(const Registrar::Reply& reply) {
  return reply.status == 401 && reply.challenge.ends_with(", stale=true");
}

inline void respond(Proof& proof, const std::string& ha1) {
  proof.response = md5_hex(ha1 + ":" + proof.nonce + ":" + proof.nc + ":" + proof.cnonce + ":" +
                           proof.qop + ":" + md5_hex("REGISTER:" + proof.uri));
}

class RegistrarTest : public testing::Test {
 protected:
  RegistrarTest() {
    registrar_.use(kRealm, {{"desk", ha1("desk", "s3cret")}, {"lab", ha1("lab", "x")}});
  }

  Registration plain(const std::string& user = "desk") {
    Registration asked;
    asked.source = source_;
    asked.user = user;
    asked.request_uri = kUri;
    asked.contacts = {{"sip:" + user + "@192.168.1.5:5060", {}}};
    asked.call_id = "call-id-of-" + user;
    asked.cseq = ++cseq_;
    return asked;
  }

  // With a proof; a nonce is made for it where none is given, from an address of its own.
  Registration proved(const std::string& password = "s3cret", const std::string& user = "desk",
                      std::string nonce = {}, const std::string& nc = "00000001") {
    Registration asked = plain(user);
    if (nonce.empty()) nonce = fresh_nonce();
    asked.proof = Proof{user, kRealm, std::move(nonce), kUri, {}, "c0ffee", nc, "auth", "MD5"};
    respond(*asked.proof, ha1(user, password));
    return asked;
  }

  std::string fresh_nonce() {
    Registration asked = plain();
    asked.source = address("172.16." + std::to_string(askers_ / 200 % 250) + "." +
                           std::to_string(askers_ % 200));
    ++askers_;
    return nonce_in(registrar_.take(asked, now_).challenge);
  }

  Registrar::Reply take(const Registration& asked) { return registrar_.take(asked, now_); }
  int guess(const Address& from, const std::string& user = "desk") {
    Registration asked = proved("wrong", user);
    asked.source = from;
    asked.call_id = "of a guesser";
    return take(asked).status;
  }
  int enter(const Address& from, const std::string& user = "desk",
            const char* password = "s3cret") {
    Registration asked = proved(password, user);
    asked.source = from;
    return take(asked).status;
  }
  int guesses(int count, const Address& from, const std::string& user = "desk") {
    int answered = 0;
    for (int i = 0; i < count; ++i) answered += guess(from, user) == 401 ? 1 : 0;
    return answered;
  }
  bool is_banned(const Address& source) const { return registrar_.is_banned(source, now_); }

  int tokens_ = 0;
  Registrar registrar_{[this] { return "token" + std::to_string(++tokens_); }};
  Instant now_{Seconds(10)};  // a machine that has just been started
  Address source_ = address("192.0.2.1");
  std::uint32_t cseq_ = 0;
  int askers_ = 0;
};

}  // namespace hotline::sip
