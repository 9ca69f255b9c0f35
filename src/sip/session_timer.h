// Session timers (RFC 4028): how long a dialog may go without a sign of life, and who gives it. The
// terms are agreed on each leg for itself; refreshing and expiry are the leg's (session_timer.cpp).
#pragma once

#include <optional>
#include <string>

#include "hotline/base/time.h"

#include "sip/sofia.h"

namespace hotline::sip {

inline constexpr Seconds kLeastSession{90};  // of all that anybody may ask for (RFC 4028 §5)
inline constexpr Seconds kLongestSession{86'400};

// What both sides have agreed on.
struct SessionTerms {
  Seconds interval{0};  // 0: there is no timer
  bool ours = false;    // it is we who refresh
  bool agreed = true;   // the peer counts, too; else we only want to know that it lives

  friend bool operator==(const SessionTerms&, const SessionTerms&) = default;
};

// What a request asks for.
struct SessionWish {
  std::optional<Seconds> interval;  // Session-Expires
  Seconds least = kLeastSession;    // Min-SE
  std::optional<bool> by_sender;    // who is to refresh; nullopt: the answering side says
  bool understood = false;          // the sender has timers

  bool is_too_small() const { return understood && interval && *interval < kLeastSession; }
};
SessionWish session_wish_of(const sip_t& request);

// The terms that our 2xx states; `ours`: the interval we would like.
SessionTerms answer_to(const SessionWish& wish, Seconds ours);
// The terms that a 2xx to a request of ours states; without a word of it in there, we go on
// refreshing by ourselves, so that a dead peer is noticed.
SessionTerms terms_of(const sip_t& answer, Seconds asked);

// What a 422 says is the least.
Seconds least_session_of(const sip_t& refusal);

// The value of Session-Expires. `by_sender`: whoever sends this message's request refreshes.
std::string session_expires(Seconds interval, std::optional<bool> by_sender);

// When to act on the terms: refresh, or call the session expired.
Milliseconds due_after(const SessionTerms& terms);

}  // namespace hotline::sip
