#include "sip/address.h"

#include <algorithm>

#include <arpa/inet.h>

namespace hotline::sip {
namespace {

constexpr std::ptrdiff_t kMappedPrefix = 12;

Address mapped(const in_addr& v4) {
  Address address;
  address.bytes[10] = address.bytes[11] = 0xff;
  const auto* raw = reinterpret_cast<const std::uint8_t*>(&v4);
  std::copy_n(raw, 4, address.bytes.begin() + kMappedPrefix);
  return address;
}

Address plain(const in6_addr& v6) {
  Address address;
  std::copy_n(std::begin(v6.s6_addr), 16, address.bytes.begin());
  return address;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view literal) {
  if (literal.size() > 2 && literal.front() == '[' && literal.back() == ']') {
    literal = literal.substr(1, literal.size() - 2);
  }
  if (literal.size() >= INET6_ADDRSTRLEN) return std::nullopt;
  const std::string text(literal);
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return mapped(v4);
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) == 1) return plain(v6);
  return std::nullopt;
}

Address Address::of(const su_sockaddr_t& from) {
  if (from.su_family == AF_INET) return mapped(from.su_sin.sin_addr);
  return plain(from.su_sin6.sin6_addr);
}

bool Address::is_v4() const {
  const auto zeros = std::count(bytes.begin(), bytes.begin() + kMappedPrefix - 2, 0);
  return zeros == kMappedPrefix - 2 && bytes[10] == 0xff && bytes[11] == 0xff;
}

std::string literal_of(const su_sockaddr_t& from) {
  char text[INET6_ADDRSTRLEN] = "";
  const bool v6 = from.su_family == AF_INET6;
  inet_ntop(from.su_family,
            v6 ? static_cast<const void*>(&from.su_sin6.sin6_addr)
               : static_cast<const void*>(&from.su_sin.sin_addr),
            text, sizeof text);
  return text;
}

std::string uri_of(const su_sockaddr_t& from, routing::Transport transport) {
  const std::string literal = literal_of(from);
  const std::string host = from.su_family == AF_INET6 ? "[" + literal + "]" : literal;
  return "sip:" + host + ":" + std::to_string(ntohs(from.su_port)) +
         (transport == routing::Transport::tcp ? ";transport=tcp" : "");
}

}  // namespace hotline::sip
