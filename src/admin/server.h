// The admin interface: HTTP/1.1 and JSON on a Unix socket. Runs on a thread of its own and passes
// what is asked to a Desk; whatever clients do here, calls do not feel it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

#include "admin/desk.h"

namespace hotline::admin {

struct ServerLimits {
  std::size_t connections = 64;
  std::size_t header_bytes = 8'192;
  std::size_t body_bytes = 1'048'576;
  Milliseconds patience{30'000};  // for a whole request, for the desk's answer, for its sending
};

class Server {
 public:
  // Starts to serve at that path.
  // Requires: the desk outlives the server.
  // Errors: a sentence that says what is in the way.
  static tl::expected<std::unique_ptr<Server>, std::string> start(const std::string& socket_path,
                                                                  Desk& desk,
                                                                  ServerLimits limits = {});
  // Closes all connections; replies that come later go nowhere.
  ~Server();

 private:
  class Loop;
  explicit Server(std::unique_ptr<Loop> loop);

  std::unique_ptr<Loop> loop_;
};

}  // namespace hotline::admin
