#include "sip/reason.h"

#include <cstdlib>

#include <strings.h>

namespace hotline::sip {
namespace {

const char* q850_text(int code) {
  switch (code) {
    case 1:
      return "Unallocated number";
    case 16:
      return "Normal call clearing";
    case 17:
      return "User busy";
    case 19:
      return "No answer from user";
    case 21:
      return "Call rejected";
    case 25:
      return "Exchange routing error";
    case 27:
      return "Destination out of order";
    case 31:
      return "Normal, unspecified";
    case 41:
      return "Temporary failure";
    case 42:
      return "Switching equipment congestion";
    case 65:
      return "Bearer capability not implemented";
    case 102:
      return "Recovery on timer expiry";
    default:
      return "";
  }
}

struct Phrase {
  int status;
  const char* text;
};

constexpr Phrase kPhrases[] = {
    {100, "Trying"},
    {180, "Ringing"},
    {183, "Session Progress"},
    {200, "OK"},
    {202, "Accepted"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {413, "Request Entity Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Unsupported URI Scheme"},
    {420, "Bad Extension"},
    {422, "Session Interval Too Small"},
    {423, "Interval Too Brief"},
    {433, "Anonymity Disallowed"},
    {469, "Bad Info Package"},
    {480, "Temporarily Unavailable"},
    {481, "Call/Transaction Does Not Exist"},
    {482, "Loop Detected"},
    {483, "Too Many Hops"},
    {486, "Busy Here"},
    {487, "Request Terminated"},
    {488, "Not Acceptable Here"},
    {491, "Request Pending"},
    {500, "Server Internal Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Server Time-out"},
    {600, "Busy Everywhere"},
    {603, "Decline"},
    {606, "Not Acceptable"},
};

}  // namespace

const char* phrase_of(int status) {
  for (const Phrase& phrase : kPhrases) {
    if (phrase.status == status) return phrase.text;
  }
  return "Refused";
}

std::string reason_of(Cause cause) {
  const int code = codes_of(cause).q850;
  if (code == 0) return {};
  return "Q.850;cause=" + std::to_string(code) + ";text=\"" + q850_text(code) + "\"";
}

int q850_of(const sip_reason_t* reason) {
  constexpr int normal = 16;
  for (; reason != nullptr; reason = reason->re_next) {
    if (reason->re_protocol == nullptr || strcasecmp(reason->re_protocol, "Q.850") != 0) continue;
    if (reason->re_cause == nullptr) continue;
    const long code = std::strtol(reason->re_cause, nullptr, 10);
    if (code > 0 && code < 128) return static_cast<int>(code);
  }
  return normal;
}

call::Failure failure_of(int status) {
  switch (status) {
    case 486:
    case 600:
      return call::Failure::busy;
    case 403:
    case 603:
      return call::Failure::declined;
    case 408:
    case 480:
      return call::Failure::no_answer;
    default:
      return call::Failure::failed;
  }
}

}  // namespace hotline::sip
