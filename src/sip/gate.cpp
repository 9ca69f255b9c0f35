#include "sip/gate.h"

#include <charconv>
#include <cstdlib>
#include <cstring>

#include <strings.h>

#include "hotline/base/contract.h"

#include "sip/uri.h"

namespace hotline::sip {
namespace {

// A parser is given no context of its own: the gate of this thread.
thread_local Gate* gate_here = nullptr;

// The parts of the two classes that differ from sofia's.
msg_hclass_t* class_with(const msg_hclass_t& original, msg_parse_f* parse) {
  auto* copy = static_cast<std::remove_const_t<msg_hclass_t>*>(std::malloc(sizeof(msg_hclass_t)));
  HOTLINE_EXPECT(copy != nullptr);
  std::memcpy(copy, &original, sizeof original);
  copy->hc_parse = parse;
  return copy;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The first Via with its continuation lines; empty when there is none.
std::string_view topmost_via(std::string_view headers) {
  while (!headers.empty()) {
    const std::size_t end = headers.find('\n');
    const std::string_view line = headers.substr(0, end);
    std::string_view name = line.substr(0, line.find(':'));
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
    if ((name.size() == 3 && strncasecmp(name.data(), "via", 3) == 0) || name == "v" ||
        name == "V") {
      std::size_t last = end;
      while (last != std::string_view::npos && last + 1 < headers.size() &&
             is_blank(headers[last + 1])) {
        last = headers.find('\n', last + 1);
      }
      return headers.substr(0, last);
    }
    headers.remove_prefix(end == std::string_view::npos ? headers.size() : end + 1);
  }
  return {};
}

// "Via: SIP/2.0/UDP host:port;branch=…"
bool via_is_safe(std::string_view via) {
  for (std::size_t at = via.find(';'); at != std::string_view::npos; at = via.find(';', at + 1)) {
    std::string_view name = via.substr(at + 1);
    name.remove_prefix(std::min(name.find_first_not_of(" \t\r\n"), name.size()));
    if (name.size() >= 5 && strncasecmp(name.data(), "maddr", 5) == 0) return false;
  }
  std::string_view sent_by = via.substr(0, via.find_first_of(";,"));
  const std::size_t bracket = sent_by.rfind(']');
  const std::size_t colon = sent_by.rfind(':');
  const bool has_port = colon != std::string_view::npos && colon > via.find('/') &&
                        (bracket == std::string_view::npos || colon > bracket);
  if (!has_port) return true;
  std::string_view port = sent_by.substr(colon + 1);
  port.remove_prefix(std::min(port.find_first_not_of(" \t\r\n"), port.size()));
  unsigned value = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
  return error == std::errc{} && value > 0 && value < 65'536;
}

}  // namespace

bool is_safe_for_sofia(std::string_view headers, bool request) {
  const std::size_t end = headers.find("\r\n\r\n");
  headers = headers.substr(0, end);
  return request ? via_is_safe(topmost_via(headers)) : !misleads_sofia(headers);
}

Gate::Gate(const Peers& peers)
    : peers_(peers), class_(msg_mclass_clone(sip_default_mclass(), 0, msg_mclass_copy)) {
  HOTLINE_EXPECT(class_ != nullptr && gate_here == nullptr);
  class_->mc_request->hr_class = class_with(*class_->mc_request->hr_class, parse_request);
  class_->mc_status->hr_class = class_with(*class_->mc_status->hr_class, parse_status);
  gate_here = this;
}

Gate::~Gate() { gate_here = nullptr; }

void Gate::Free::operator()(msg_mclass_t* mclass) const {
  for (const msg_hclass_t* ours : {mclass->mc_request->hr_class, mclass->mc_status->hr_class}) {
    std::free(const_cast<std::remove_const_t<msg_hclass_t>*>(ours));
  }
  std::free(mclass);
}

bool Gate::admits(const msg_t* message, std::string_view headers, bool request) {
  const su_sockaddr_t* from = msg_addr(const_cast<msg_t*>(message));
  if (from == nullptr || !peers_.knows(Address::of(*from))) {
    ++strangers_;
    return false;
  }
  if (!is_safe_for_sofia(headers, request)) {
    ++malformed_;
    return false;
  }
  return true;
}

// The line is ended by a NUL in the buffer already; the headers follow it.
issize_t Gate::parse_request(su_home_t* home, msg_header_t* header, char* text,
                             isize_t size) noexcept {
  const auto* message = reinterpret_cast<const msg_t*>(home);
  const std::string_view headers = text + size + 1;
  if (!gate_here->admits(message, headers, true)) return -1;
  return sip_request_class->hc_parse(home, header, text, size);
}

issize_t Gate::parse_status(su_home_t* home, msg_header_t* header, char* text,
                            isize_t size) noexcept {
  const auto* message = reinterpret_cast<const msg_t*>(home);
  const std::string_view headers = text + size + 1;
  if (!gate_here->admits(message, headers, false)) return -1;
  return sip_status_class->hc_parse(home, header, text, size);
}

}  // namespace hotline::sip
