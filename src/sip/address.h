// An IP address without its port, IPv4 kept as IPv4-mapped IPv6: what peers are known by.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hotline/routing/trunk.h"

#include "sip/sofia.h"

namespace hotline::sip {

struct Address {
  std::array<std::uint8_t, 16> bytes{};

  // Reads an IP literal, IPv6 with or without brackets.
  // Errors: nullopt for anything else; a host name is never looked up.
  static std::optional<Address> parse(std::string_view literal);
  static Address of(const su_sockaddr_t& from);
  bool is_v4() const;
  friend bool operator==(const Address&, const Address&) = default;
};

// "127.0.0.2", "::1".
std::string literal_of(const su_sockaddr_t& from);
// "sip:127.0.0.2:5060": where a message came from, as a place to send to.
std::string uri_of(const su_sockaddr_t& from, routing::Transport transport);

}  // namespace hotline::sip

template <>
struct std::hash<hotline::sip::Address> {
  std::size_t operator()(const hotline::sip::Address& address) const noexcept {
    return std::hash<std::string_view>{}(
        {reinterpret_cast<const char*>(address.bytes.data()), address.bytes.size()});
  }
};
