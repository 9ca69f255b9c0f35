// Pages for programs that watch the server: GET over plain HTTP/1.1 on a TCP port, one request a
// connection, nothing to be changed there. Runs on a thread of its own; whatever clients do here,
// calls do not feel it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

namespace hotline::admin {

struct Page {
  int status = 200;
  std::string body;
  std::string type = "text/plain; charset=utf-8";
};

struct PagesLimits {
  std::size_t connections = 16;
  std::size_t header_bytes = 8'192;
  Milliseconds patience{5'000};  // for a whole request, for its page, for its sending
};

class Pages {
 public:
  // Any number of times and from any thread; only the first counts.
  using Reply = std::function<void(Page)>;
  // Asked for each path; replies at once or later. Thread: the pages'; must not block.
  using Read = std::function<void(const std::string& path, Reply reply)>;

  // Starts to serve at that IP literal and port; port 0: any free one.
  // Errors: a sentence that says what is in the way.
  static tl::expected<std::unique_ptr<Pages>, std::string> start(const std::string& host,
                                                                 std::uint16_t port, Read read,
                                                                 PagesLimits limits = {});
  // Closes all connections; replies that come later go nowhere.
  ~Pages();

  std::uint16_t port() const;

 private:
  class Loop;
  explicit Pages(std::unique_ptr<Loop> loop);

  std::unique_ptr<Loop> loop_;
};

}  // namespace hotline::admin
