// An IP address with its port: where media comes from and goes to. A plain value; the kernel's form
// of it is made and read in udp_socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::media {

enum class Family : std::uint8_t { v4, v6 };

struct Endpoint {
  Family family = Family::v4;
  std::uint16_t port = 0;
  std::array<std::uint8_t, 16> address{};  // of IPv4 the first four

  // Reads an IP literal without brackets.
  // Errors: nullopt for anything else; a host name is never looked up.
  static std::optional<Endpoint> parse(std::string_view literal, std::uint16_t port);

  bool has_same_address(const Endpoint& other) const {
    return family == other.family && address == other.address;
  }
  Endpoint with_port(std::uint16_t another) const;
  // Nothing can be sent there: port 0, the unspecified address, multicast, broadcast.
  bool is_nowhere() const;
  // Means something in some network only (RFC 1918, 3927, 4193, 4291, 6598; loopback): as the world
  // sees it, the sender has another address.
  bool is_private() const;
  // "127.0.0.1:4000", "[::1]:4000".
  std::string to_string() const;

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

}  // namespace hotline::media
