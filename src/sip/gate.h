// The gate: judges every message twice before sofia acts on it. Strangers meet silence, not even an
// error, but for phones that register where any may; what would mislead the library never reaches
// it.
//
// It stands in the parser: at the first line, the one place that sees a message before all of
// sofia's own answers (400, 413, 481, 482, 505), it asks who sends it; at the end of the headers,
// whether they are safe to follow.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "sip/peers.h"
#include "sip/registrar.h"

namespace hotline::sip {

class Gate {
 public:
  // Requires: one at a time on a thread, what it asks outlives it, and it the agent.
  Gate(const Peers& peers, const Registrar& registrar);
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // The message class to give to the agent.
  const msg_mclass_t* message_class() const { return class_.get(); }

  std::uint64_t strangers() const { return strangers_; }
  std::uint64_t malformed() const { return malformed_; }

 private:
  struct Free {
    void operator()(msg_mclass_t* mclass) const;
  };

  bool admits(const msg_t* message, std::string_view line, std::string_view rest);
  bool may_register(const Address& from, std::string_view line) const;
  template <msg_hclass_t* Line>
  static issize_t parse_line(su_home_t* home, msg_header_t* header, char* text,
                             isize_t size) noexcept;
  static issize_t extract_body(msg_t* message, msg_pub_t* parts, char* bytes, isize_t size,
                               int at_end) noexcept;

  const Peers& peers_;
  const Registrar& registrar_;
  std::unique_ptr<msg_mclass_t, Free> class_;
  std::uint64_t strangers_ = 0;
  std::uint64_t malformed_ = 0;
};

// May sofia act on a message with these headers? Exposed for its test.
// The topmost Via of a request decides where sofia sends answers, so it names the transport that it
// came by, no other host and a real port. A response's Record-Route and Contact may go straight
// into sofia's own ACK and BYE of a late answer.
bool is_safe_for_sofia(const sip_t& sip, routing::Transport transport);

}  // namespace hotline::sip
