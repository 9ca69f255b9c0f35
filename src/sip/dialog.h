// A leg's dialog as text: what a restart needs to go on with the leg, or to end it properly
// (RFC 3261 §12). Opaque to everybody else; it travels in events and rests in the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/session_timer.h"

namespace hotline::sip {

struct Dialog {
  std::string call_id;
  std::string local_uri;
  std::string local_tag;
  std::string remote_uri;
  std::string remote_tag;
  std::uint32_t local_cseq = 0;
  std::uint32_t remote_cseq = 0;
  std::string target;              // the remote target
  std::vector<std::string> route;  // in the order a request of ours travels
  std::string trunk;               // that may ask our requests who we are; else empty
  std::string next_hop;            // where the target names no address; else empty
  SessionTerms session;
  bool takes_update = false;  // the peer allows UPDATE
  bool offer_wanted = false;  // of a caller's leg: its INVITE had no description
  // One of both at most.
  std::string invite;  // of a caller's leg: the request, as far as answers need it
  std::string said;    // of a phone's leg: what it was told of media, where that may be repeated

  std::string to_text() const;
  // Target and next hop alone: in front of an earlier text of the same dialog they count.
  std::string target_text() const;
  // Errors: nullopt for anything that to_text() did not write, with or without a target_text()
  // before it.
  static std::optional<Dialog> parse(std::string_view text);
  friend bool operator==(const Dialog&, const Dialog&) = default;
};

}  // namespace hotline::sip
