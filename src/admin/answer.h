// What the admin interface answers: a status and a JSON body. Refusals all have one shape,
//   {"error": {"code": "...", "message": "...", "hint": "..."}}
// with a hint that says what to do next.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace hotline::admin {

using Json = nlohmann::ordered_json;  // members stay in the order a reader wants them

struct Answer {
  int status = 200;  // as in HTTP
  Json body = Json::object();
  std::string allow{};  // of a 405: the methods that path knows

  bool is_refusal() const { return status >= 400; }
};

// Called once, from any thread.
using Reply = std::function<void(Answer)>;

Answer refusal(int status, std::string_view code, std::string_view message, std::string_view hint);

// The body as text. Bytes that are no UTF-8 become U+FFFD: records hold what carriers sent.
std::string to_text(const Json& body, int indent = -1);

}  // namespace hotline::admin
