// A descriptor kept for the moment when there are no more. Sofia's listening sockets would then say
// again and again that somebody wants to connect, and nobody can be let in: the loop would turn at
// full speed. With the reserve they are let in and sent away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace hotline::sip {

class Reserve {
 public:
  // The TCP ports that somebody listens on.
  explicit Reserve(const std::set<std::uint16_t>& ports);
  ~Reserve();
  Reserve(const Reserve&) = delete;
  Reserve& operator=(const Reserve&) = delete;

  // Where no descriptor is left, ends the connections that wait to be accepted. To be called now
  // and then. Returns: how many.
  std::size_t send_away();

 private:
  void take();

  std::vector<int> listeners_;
  int kept_ = -1;
};

}  // namespace hotline::sip
