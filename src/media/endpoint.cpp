#include "media/endpoint.h"

#include <algorithm>

#include <arpa/inet.h>

namespace hotline::media {
namespace {

// Networks of IPv4 that are private: first address and length of the prefix.
struct Network {
  std::uint32_t address;
  int bits;
};
constexpr Network kPrivate[] = {
    {0x0a000000, 8},   // 10/8
    {0x64400000, 10},  // 100.64/10, behind a carrier's NAT
    {0x7f000000, 8},   // loopback
    {0xa9fe0000, 16},  // link-local
    {0xac100000, 12},  // 172.16/12
    {0xc0a80000, 16},  // 192.168/16
};

std::uint32_t v4_word(const Endpoint& endpoint) {
  const auto& a = endpoint.address;
  return std::uint32_t{a[0]} << 24 | std::uint32_t{a[1]} << 16 | std::uint32_t{a[2]} << 8 | a[3];
}

bool is_loopback_v6(const Endpoint& endpoint) {
  const auto& a = endpoint.address;
  return a[15] == 1 && std::count(a.begin(), a.end() - 1, 0) == 15;
}

}  // namespace

std::optional<Endpoint> Endpoint::parse(std::string_view literal, std::uint16_t port) {
  if (literal.size() >= INET6_ADDRSTRLEN) return std::nullopt;
  const std::string text(literal);
  Endpoint endpoint;
  endpoint.port = port;
  if (inet_pton(AF_INET, text.c_str(), endpoint.address.data()) == 1) return endpoint;
  endpoint.family = Family::v6;
  if (inet_pton(AF_INET6, text.c_str(), endpoint.address.data()) == 1) return endpoint;
  return std::nullopt;
}

Endpoint Endpoint::with_port(std::uint16_t another) const {
  Endpoint endpoint = *this;
  endpoint.port = another;
  return endpoint;
}

bool Endpoint::is_nowhere() const {
  if (port == 0) return true;
  if (family == Family::v6) {
    return address[0] == 0xff || std::count(address.begin(), address.end(), 0) == 16;
  }
  // 0/8 is "this host"; from 224/4 on, multicast and what is reserved, broadcast too.
  return address[0] == 0 || address[0] >= 224;
}

bool Endpoint::is_private() const {
  if (family == Family::v6) {
    const bool is_unique_local = (address[0] & 0xfe) == 0xfc;
    const bool is_link_local = address[0] == 0xfe && (address[1] & 0xc0) == 0x80;
    return is_unique_local || is_link_local || is_loopback_v6(*this);
  }
  const std::uint32_t word = v4_word(*this);
  return std::any_of(std::begin(kPrivate), std::end(kPrivate), [word](const Network& network) {
    return (word ^ network.address) >> (32 - network.bits) == 0;
  });
}

std::string Endpoint::to_string() const {
  char text[INET6_ADDRSTRLEN] = "";
  const bool v6 = family == Family::v6;
  inet_ntop(v6 ? AF_INET6 : AF_INET, address.data(), text, sizeof text);
  const std::string host = v6 ? "[" + std::string(text) + "]" : std::string(text);
  return host + ":" + std::to_string(port);
}

}  // namespace hotline::media
