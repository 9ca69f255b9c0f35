#include "sip/registrar.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <strings.h>

#include "sip/md5.h"

namespace hotline::sip {
namespace {

constexpr Seconds kHour{3'600};

// The count of a proof: eight hexadecimal digits (RFC 2617 §3.2.2).
// Returns: 0 for anything else; a first proof counts 1.
std::uint32_t count_of(const std::string& nc) {
  if (nc.size() != 8 || nc.find_first_not_of("0123456789abcdefABCDEF") != nc.npos) return 0;
  return static_cast<std::uint32_t>(std::stoul(nc, nullptr, 16));
}

// RFC 2617 §3.2.2.1, with qop.
std::string response_to(const Proof& proof, const std::string& ha1) {
  const std::string ha2 = md5_hex("REGISTER:" + proof.uri);
  return md5_hex(ha1 + ":" + proof.nonce + ":" + proof.nc + ":" + proof.cnonce + ":" + proof.qop +
                 ":" + ha2);
}

std::string in_quotes(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

Registrar::Reply refused(int status) {
  Registrar::Reply reply;
  reply.status = status;
  return reply;
}

Registrar::Reply accepted(const std::optional<Binding>& binding, Instant now) {
  Registrar::Reply reply = refused(200);
  if (!binding) return reply;
  reply.contact = binding->contact;
  reply.expires = std::chrono::ceil<Seconds>(binding->expires - now);
  return reply;
}

// What a REGISTER does to bindings, read before any of it is done (RFC 3261 §10.3 step 7: all of
// it, or nothing).
struct Change {
  int refusal = 0;    // the status code; then nothing is done
  std::string bound;  // empty: nothing
  Seconds expires{0};
  std::vector<std::string> removed;
};

// Phones that moved remove their old contact in the same request: only one may be to stay.
Change change_of(const Registration& asked) {
  Change change;
  for (const auto& contact : asked.contacts) {
    const Seconds expires = contact.expires.value_or(asked.expires.value_or(Registrar::kDefault));
    if (contact.uri.empty() || (expires > Seconds(0) && !change.bound.empty())) {
      change.refusal = 400;
      return change;
    }
    if (expires > Seconds(0)) {
      change.bound = contact.uri;
      change.expires = std::min(expires, Registrar::kLongest);
    } else {
      change.removed.push_back(contact.uri);
    }
  }
  if (!change.bound.empty() && change.expires < Registrar::kShortest) change.refusal = 423;
  return change;
}

}  // namespace

bool Registrar::User::knows(const Address& source) const {
  return std::find(addresses.begin(), addresses.end(), network_of(source)) != addresses.end();
}

bool Registrar::User::is_closed(Instant now) const { return guesses_until - now > kHour; }

void Registrar::User::learn(const Address& source) {
  const Address network = network_of(source);
  std::erase(addresses, network);
  if (addresses.size() == kAddresses) addresses.erase(addresses.begin());
  addresses.push_back(network);
}

Registrar::Registrar(const Random& random) : nobody_(md5_hex(random())), nonces_(random()) {}

void Registrar::use(std::string realm,
                    const std::unordered_map<std::string, std::string>& ha1_by_user) {
  realm_ = std::move(realm);
  std::unordered_map<std::string, User> users;
  for (const auto& [name, ha1] : ha1_by_user) {
    const auto before = users_.find(name);
    if (before != users_.end() && before->second.ha1 == ha1) {
      users.emplace(name, std::move(before->second));
    } else {
      users[name].ha1 = ha1;
    }
  }
  users_ = std::move(users);
}

Registrar::Reply Registrar::take(const Registration& asked, Instant now) {
  if (!is_on()) return {};
  User* user = user_named(asked.user);
  if (user != nullptr && user->binding && user->binding->expires <= now) user->binding.reset();
  // At an address that is slowed for others' guesses, a phone that goes on with its registration
  // does not wait behind them: they do not know its Call-ID.
  const bool goes_on = user != nullptr && user->binding &&
                       user->binding->call_id == asked.call_id && user->knows(asked.source);
  Pace* own = goes_on ? &user->pace : nullptr;
  if (!guessers_.hears(asked.source, asked.proof.has_value(), own, now)) return {};

  const Verdict verdict = asked.proof ? judge(asked, user, now) : Verdict::stale;
  switch (verdict) {
    case Verdict::right:
      guessers_.note_right(asked.source, now);
      user->learn(asked.source);
      return bind(asked, *user, now);
    case Verdict::stale:
      if (!guessers_.note_unproved(asked.source, now)) return {};
      return challenge(asked.proof.has_value(), now);
    case Verdict::wrong:
      guessers_.note_failed(asked.source, now);
      ++failed_proofs_;
      return challenge(false, now);
  }
  return {};
}

const Binding* Registrar::binding(const std::string& user, Instant now) const {
  const auto found = users_.find(user);
  if (found == users_.end() || !found->second.binding) return nullptr;
  const Binding& binding = *found->second.binding;
  return now < binding.expires ? &binding : nullptr;
}

// When it was proved is not said: at the latest so long before it expires.
void Registrar::restore(const std::string& user, Binding binding) {
  User* known = user_named(user);
  if (known == nullptr) return;
  if (binding.source != Address{}) {
    guessers_.note_right(binding.source, binding.expires - kLongest);
    known->learn(binding.source);
  }
  known->binding = std::move(binding);
}

Registrar::User* Registrar::user_named(const std::string& name) {
  const auto found = users_.find(name);
  return found == users_.end() ? nullptr : &found->second;
}

// The same work is done whether the user exists, is closed, or neither: time tells nothing. That a
// proof is right but too old is only said to who knows the password.
Registrar::Verdict Registrar::judge(const Registration& asked, User* user, Instant now) {
  const Proof& proof = *asked.proof;
  const bool known = user != nullptr && user->knows(asked.source);
  const bool is_open = user != nullptr && (known || !user->is_closed(now));
  const bool matches =
      same_secret(proof.response, response_to(proof, user != nullptr ? user->ha1 : nobody_));
  if (fits(proof, asked) && is_open && matches) {
    return nonces_.spend(proof.nonce, count_of(proof.nc), now) ? Verdict::right : Verdict::stale;
  }
  // Those that were not looked at do not keep it closed.
  if (is_open && !known) {
    user->guesses_until = std::max(user->guesses_until, now) + kHour / kGuesses;
  }
  return Verdict::wrong;
}

// All but its response, nonce and count.
bool Registrar::fits(const Proof& proof, const Registration& asked) const {
  const bool md5 = proof.algorithm.empty() || strcasecmp(proof.algorithm.c_str(), "MD5") == 0;
  return md5 && proof.qop == "auth" && !proof.cnonce.empty() && count_of(proof.nc) > 0 &&
         proof.realm == realm_ && proof.username == asked.user && proof.uri == asked.request_uri;
}

Registrar::Reply Registrar::challenge(bool stale, Instant now) {
  Reply reply = refused(401);
  reply.challenge = "Digest realm=" + in_quotes(realm_) + ", nonce=\"" + nonces_.make(now) +
                    "\", algorithm=MD5, qop=\"auth\"";
  if (stale) reply.challenge += ", stale=true";
  return reply;
}

// RFC 3261 §10.3 from step 6 on, for one contact at most.
Registrar::Reply Registrar::bind(const Registration& asked, User& user, Instant now) {
  std::optional<Binding>& bound = user.binding;
  if (asked.contacts.empty() && !asked.removes_all) return accepted(bound, now);
  const bool removes_more = !asked.contacts.empty() || asked.expires != Seconds(0);
  if (asked.call_id.empty() || (asked.removes_all && removes_more)) return refused(400);
  const Change change = change_of(asked);
  if (change.refusal != 0) {
    Reply reply = refused(change.refusal);
    if (change.refusal == 423) reply.min_expires = kShortest;
    return reply;
  }
  // An older request that was overtaken.
  if (bound && bound->call_id == asked.call_id && asked.cseq <= bound->cseq) return refused(400);
  const auto& removed = change.removed;
  const bool removes = bound && (asked.removes_all || std::find(removed.begin(), removed.end(),
                                                                bound->contact) != removed.end());
  if (removes) bound.reset();
  if (!change.bound.empty()) {
    bound = Binding{change.bound, now + change.expires, asked.call_id, asked.cseq, asked.source};
  }
  Reply reply = accepted(bound, now);
  reply.has_changed = removes || !change.bound.empty();
  return reply;
}

}  // namespace hotline::sip
