#include "admin/answer.h"

namespace hotline::admin {

Answer refusal(int status, std::string_view code, std::string_view message, std::string_view hint) {
  return {.status = status,
          .body = {{"error", {{"code", code}, {"message", message}, {"hint", hint}}}}};
}

std::string to_text(const Json& body, int indent) {
  return body.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hotline::admin
