// Looks up the names of gateways, again and again, on a thread of its own. A name that cannot be
// resolved keeps its last addresses: the network's directory failing must not take a carrier away.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hotline/base/time.h"

namespace hotline::server {

class Resolver {
 public:
  // Told on the resolver's thread. Found: what a name stands for is new; IP literals, in order.
  using Found = std::function<void(const std::string& name, std::vector<std::string> addresses)>;
  // Failed: it could be resolved before, or was never.
  using Failed = std::function<void(const std::string& name, const std::string& why)>;

  Resolver(Seconds interval, Found found, Failed failed);
  // Tells nothing more; a look-up that hangs is left to end by itself.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // These names are looked up from now on; new ones at once. The first of them begin the thread.
  // Thread: the one that made it.
  void use(std::set<std::string> names);

 private:
  struct State;
  bool runs_ = false;
  std::shared_ptr<State> state_;
};

}  // namespace hotline::server
