#include "sip/gate.h"

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <strings.h>

#include "hotline/base/contract.h"

#include "sip/address.h"
#include "sip/headers.h"
#include "sip/loop.h"
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

// "SIP/2.0/UDP host:port;branch=…": the transport it came by, no maddr, nothing that begins like
// it, and a real port.
bool leads_back(const sip_via_t& via, routing::Transport transport) {
  constexpr std::string_view kMaddr = "maddr";
  const bool tcp = transport == routing::Transport::tcp;
  if (std::string_view(via.v_protocol) != (tcp ? sip_transport_tcp : sip_transport_udp)) {
    return false;
  }
  if (via.v_maddr != nullptr) return false;
  for (const msg_param_t* one = via.v_params; one != nullptr && *one != nullptr; ++one) {
    if (strncasecmp(*one, kMaddr.data(), kMaddr.size()) == 0) return false;
  }
  if (via.v_port == nullptr) return true;
  const std::string_view port = via.v_port;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
  return error == std::errc{} && end == port.data() + port.size() && value > 0 && value < 65'536;
}

// A datagram is whole: where its headers do not end with a blank line, sofia would never say so.
bool ends_headers(std::string_view rest) {
  return rest.find("\n\r\n") != rest.npos || rest.find("\n\n") != rest.npos;
}

// Of a stream, sofia makes room for the body that is announced, and with an announcement near 2^32
// writes outside of that room.
bool announces_too_much(const sip_t& sip) {
  constexpr unsigned long most = 65'535;
  return sip.sip_content_length != nullptr && sip.sip_content_length->l_length > most;
}

// Sofia refuses another version (505) before it has asked who sent the request: it would look up
// the host that the Via names, and wait for that, and answer there.
void mark_sender(msg_t* message, const sip_t& sip) {
  if (sip.sip_request == nullptr || sip.sip_via == nullptr ||
      std::string_view(sip.sip_request->rq_version) == sip_version_2_0) {
    return;
  }
  const std::string sender = "received=" + literal_of(*msg_addr(message));
  msg_header_replace_param(msg_home(message), sip.sip_via->v_common,
                           su_strdup(msg_home(message), sender.c_str()));
}

}  // namespace

bool is_safe_for_sofia(const sip_t& sip, routing::Transport transport) {
  if (sip.sip_request != nullptr) {
    return sip.sip_via == nullptr || leads_back(*sip.sip_via, transport);
  }
  for (const sip_contact_t* contact = sip.sip_contact; contact != nullptr;
       contact = contact->m_next) {
    if (misleads_sofia(contact->m_url)) return false;
  }
  return is_sane(sip.sip_record_route);
}

Gate::Gate(const Peers& peers, const Registrar& registrar)
    : peers_(peers),
      registrar_(registrar),
      class_(msg_mclass_clone(sip_default_mclass(), 0, msg_mclass_copy)) {
  HOTLINE_EXPECT(class_ != nullptr && gate_here == nullptr);
  class_->mc_request->hr_class =
      class_with(*class_->mc_request->hr_class, parse_line<sip_request_class>);
  class_->mc_status->hr_class =
      class_with(*class_->mc_status->hr_class, parse_line<sip_status_class>);
  class_->mc_extract_body = extract_body;
  gate_here = this;
}

Gate::~Gate() { gate_here = nullptr; }

void Gate::Free::operator()(msg_mclass_t* mclass) const {
  for (const msg_hclass_t* ours : {mclass->mc_request->hr_class, mclass->mc_status->hr_class}) {
    std::free(const_cast<std::remove_const_t<msg_hclass_t>*>(ours));
  }
  std::free(mclass);
}

bool Gate::may_register(const Address& from, std::string_view line) const {
  constexpr std::string_view verb = "REGISTER ";
  return registrar_.is_on() && line.starts_with(verb) && !registrar_.is_banned(from, Loop::now());
}

bool Gate::admits(const msg_t* message, std::string_view line, std::string_view rest) {
  const su_sockaddr_t* sender = msg_addr(const_cast<msg_t*>(message));
  const Address from = sender == nullptr ? Address{} : Address::of(*sender);
  if (sender == nullptr || (!peers_.knows(from) && !may_register(from, line))) {
    ++strangers_;
    return false;
  }
  if (transport_of(message) == routing::Transport::udp && !ends_headers(rest)) {
    ++malformed_;
    return false;
  }
  return true;
}

// The line is ended by a NUL in the buffer already; what has come of the message follows it.
template <msg_hclass_t* Line>
issize_t Gate::parse_line(su_home_t* home, msg_header_t* header, char* text,
                          isize_t size) noexcept {
  const auto* message = reinterpret_cast<const msg_t*>(home);
  if (!gate_here->admits(message, {text, static_cast<std::size_t>(size)}, text + size + 1))
    return -1;
  return Line->hc_parse(home, header, text, size);
}

// Called at the end of the headers, and again for the body.
issize_t Gate::extract_body(msg_t* message, msg_pub_t* parts, char* bytes, isize_t size,
                            int at_end) noexcept {
  auto& sip = *reinterpret_cast<sip_t*>(parts);
  if ((sip.sip_flags & MSG_FLG_BODY) == 0) {
    if (!is_safe_for_sofia(sip, transport_of(message))) {
      ++gate_here->malformed_;
      sip.sip_via = nullptr;  // no answer goes where it leads
      return -1;
    }
    if (announces_too_much(sip)) {
      ++gate_here->malformed_;
      return -1;  // sofia says 400, and hangs up where it cannot know what comes next
    }
    mark_sender(message, sip);
  }
  return sip_default_mclass()->mc_extract_body(message, parts, bytes, size, at_end);
}

}  // namespace hotline::sip
