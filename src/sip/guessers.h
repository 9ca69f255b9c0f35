// Who guesses passwords, by where it comes from: who failed often is not answered for a while, and
// for longer each time. Where a phone proved itself of late, others' failures must not lock it out:
// such a source is slowed instead. Pure; memory is bounded, and the guiltiest are kept longest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "hotline/base/time.h"

#include "sip/address.h"

namespace hotline::sip {

// The network that one guesser may be anywhere in: an IPv4 address, the /64 of an IPv6 address.
Address network_of(const Address& source);

// One a second: of requests with a proof, and of those without.
class Pace {
 public:
  bool lets(bool with_proof, Instant now);

 private:
  std::array<Instant, 2> next_{};
};

class Guessers {
 public:
  static constexpr std::size_t kFailures = 10;    // so many …
  static constexpr Seconds kWithin{600};          // … within that time are too many
  static constexpr Seconds kBan{300};             // twice as long at each repeat …
  static constexpr Seconds kLongestBan{3'600};    // … up to that
  static constexpr Seconds kQuiet{3'600};         // without a failure: forgotten
  static constexpr Seconds kKnown{3'600};         // after a right proof: slowed, never banned
  static constexpr Seconds kRegular{86'400};      // after it: asking often is no failure
  static constexpr std::uint32_t kUnproved = 30;  // requests a minute are answered
  static constexpr std::size_t kMost = 10'000;    // sources

  bool is_banned(const Address& source, Instant now) const;
  // Is it heard now? Where it is slowed, in turn: `own` is the turn of who is known by more than
  // its address, or null.
  bool hears(const Address& source, bool with_proof, Pace* own, Instant now);

  // A request proved nothing, but nothing false either.
  // Returns: whether to answer it. Too many are failures, but of phones that all start at once.
  bool note_unproved(const Address& source, Instant now);
  void note_failed(const Address& source, Instant now);
  void note_right(const Address& source, Instant now);

  std::uint64_t bans() const { return bans_; }
  std::size_t size() const { return sources_.size(); }

 private:
  struct Source {
    std::array<Instant, kFailures> failed{};  // a ring
    std::size_t failures = 0;                 // since the last punishment
    std::uint32_t strikes = 0;
    Instant punished_until{};
    Instant guilty_until{};  // then all of the above is forgotten
    Instant minute_ends{};
    std::uint32_t unproved = 0;  // in this minute
    std::optional<Instant> right;
    Instant last{};
    Pace pace;

    bool is_punished(Instant now) const { return now < punished_until; }
    bool proved_within(Seconds span, Instant now) const { return right && now < *right + span; }
    int worth(Instant now) const;
  };

  Source& at(const Address& source, Instant now);
  void fail(Source& source, Instant now);
  void make_room(Instant now);

  std::unordered_map<Address, Source> sources_;
  std::uint64_t bans_ = 0;
};

}  // namespace hotline::sip
