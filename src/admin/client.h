// Asks a running server over its control socket; what hotlinectl uses. Blocks.
#pragma once

#include <string>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

#include "admin/answer.h"

namespace hotline::admin {

struct Unreachable {
  enum class Why {
    stopped,    // no socket, or nobody listens at it
    forbidden,  // this user may not open it
    broken,     // no answer in time, or none that makes sense
  };
  Why why = Why::broken;
  std::string message;  // a sentence that says what to do next
};

// One request on a connection of its own.
tl::expected<Answer, Unreachable> request(const std::string& socket_path, const std::string& method,
                                          const std::string& target, const std::string& body,
                                          Milliseconds patience = Milliseconds(35'000));

}  // namespace hotline::admin
