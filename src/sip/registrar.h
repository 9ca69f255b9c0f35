// Where the phones are that register with us (RFC 3261 §10), and the proof that they may: digest
// access authentication, MD5 with qop=auth (§22, RFC 2617). One contact is kept for each user, the
// last. Passwords are not to be found by trying: whoever fails often is not answered, a user at
// whom many guess is closed to all addresses but those where it proved itself, and an unknown user
// is answered as a wrong password is. Pure: requests, time and randomness are passed in, and every
// table is bounded.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "hotline/base/time.h"

#include "sip/address.h"
#include "sip/guessers.h"
#include "sip/nonces.h"

namespace hotline::sip {

// Credentials of an Authorization header, unquoted; empty where they are absent.
struct Proof {
  std::string username, realm, nonce, uri, response, cnonce, nc, qop, algorithm;
};

// What a REGISTER asks.
struct Registration {
  Address source;              // where it came from
  std::string user;            // of its To
  std::string request_uri;     // as its sender wrote it
  std::optional<Proof> proof;  // for our realm
  struct Contact {
    std::string uri;  // empty: one that cannot be called
    std::optional<Seconds> expires;
  };
  std::vector<Contact> contacts;
  bool removes_all = false;        // Contact: *
  std::optional<Seconds> expires;  // the header
  std::string call_id;
  std::uint32_t cseq = 0;
};

struct Binding {
  std::string contact;
  Instant expires;
  std::string call_id;
  std::uint32_t cseq = 0;
  Address source;  // of the REGISTER
};

class Registrar {
 public:
  static constexpr Seconds kDefault{300};  // where a REGISTER does not say for how long
  static constexpr Seconds kShortest{60};
  static constexpr Seconds kLongest{3'600};
  static constexpr int kGuesses = 100;          // of a user's password, an hour, by strangers
  static constexpr std::size_t kAddresses = 8;  // of a user that are no strangers: the last ones

  struct Reply {
    int status = 0;            // 0: say nothing
    std::string challenge;     // of a 401: the value of WWW-Authenticate
    Seconds expires{0};        // of a 200: what is left of the binding
    std::string contact;       // of a 200: what is bound; empty: nothing is
    bool has_changed = false;  // of a 200: this request bound, prolonged or removed it
    Seconds min_expires{0};    // of a 423
  };
  // A text that nobody guesses, another one each time.
  using Random = std::function<std::string()>;

  explicit Registrar(const Random& random);

  // From now on these users, each with its HA1 (RFC 2617 §3.2.2.2), in that realm. Bindings go of
  // users that are gone and of those whose HA1 is another one.
  void use(std::string realm, const std::unordered_map<std::string, std::string>& ha1_by_user);
  // Has it any user? Where it has none, nobody is answered.
  bool is_on() const { return !users_.empty(); }

  Reply take(const Registration& asked, Instant now);

  // Returns: null where the user is not registered (any more); else valid until the next change.
  const Binding* binding(const std::string& user, Instant now) const;
  // Of a former process; a user that is not known any more is left out.
  void restore(const std::string& user, Binding binding);

  // To be asked before anything is parsed: nothing that comes from there is answered.
  bool is_banned(const Address& source, Instant now) const {
    return guessers_.is_banned(source, now);
  }
  std::uint64_t bans() const { return guessers_.bans(); }
  std::uint64_t failed_proofs() const { return failed_proofs_; }

 private:
  struct User {
    std::string ha1;
    std::optional<Binding> binding;
    std::vector<Address> addresses;  // networks where it proved itself, the last one last
    Instant guesses_until{};         // each moves it on; what lies behind it is forgotten
    Pace pace;

    bool knows(const Address& source) const;
    bool is_closed(Instant now) const;
    void learn(const Address& source);
  };
  enum class Verdict { right, stale, wrong };

  User* user_named(const std::string& name);
  Verdict judge(const Registration& asked, User* user, Instant now);
  bool fits(const Proof& proof, const Registration& asked) const;
  Reply challenge(bool stale, Instant now);
  static Reply bind(const Registration& asked, User& user, Instant now);

  std::string realm_;
  std::unordered_map<std::string, User> users_;
  std::string nobody_;  // the HA1 of users that do not exist
  Nonces nonces_;
  Guessers guessers_;
  std::uint64_t failed_proofs_ = 0;
};

}  // namespace hotline::sip
