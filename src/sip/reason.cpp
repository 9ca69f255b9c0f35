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

}  // namespace

const char* phrase_of(int status) {
  switch (status) {
    case 100:
      return "Trying";
    case 180:
      return "Ringing";
    case 183:
      return "Session Progress";
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 402:
      return "Payment Required";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 413:
      return "Request Entity Too Large";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Unsupported URI Scheme";
    case 420:
      return "Bad Extension";
    case 422:
      return "Session Interval Too Small";
    case 433:
      return "Anonymity Disallowed";
    case 469:
      return "Bad Info Package";
    case 480:
      return "Temporarily Unavailable";
    case 481:
      return "Call/Transaction Does Not Exist";
    case 482:
      return "Loop Detected";
    case 483:
      return "Too Many Hops";
    case 486:
      return "Busy Here";
    case 487:
      return "Request Terminated";
    case 488:
      return "Not Acceptable Here";
    case 491:
      return "Request Pending";
    case 500:
      return "Server Internal Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Server Time-out";
    case 600:
      return "Busy Everywhere";
    case 603:
      return "Decline";
    case 606:
      return "Not Acceptable";
    default:
      return "Refused";
  }
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
