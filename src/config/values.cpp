#include "config/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include <arpa/inet.h>

#include "config/problems.h"

namespace hotline::config {
namespace {

constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

// A whole decimal number of exactly that many digits.
std::optional<int> parse_digits(std::string_view text, std::size_t digits) {
  if (text.size() != digits || !all_digits(text)) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  if (text.empty() || text.size() > 5 || !all_digits(text)) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  if (value < 1 || value > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(value);
}

struct HostPort {
  std::string_view host;                 // without brackets
  std::optional<std::string_view> port;  // nullopt: none was written
  bool bracketed = false;
};

// Splits "127.0.0.1:5060" and "[::1]:5060" without judging the parts.
std::optional<HostPort> split_host_port(std::string_view text) {
  HostPort split;
  split.bracketed = text.starts_with('[');
  const auto end = split.bracketed ? text.find(']') : std::min(text.find(':'), text.size());
  if (end == std::string_view::npos) return std::nullopt;
  split.host = split.bracketed ? text.substr(1, end - 1) : text.substr(0, end);
  std::string_view rest = text.substr(split.bracketed ? end + 1 : end);
  if (rest.empty()) return split;
  if (rest[0] != ':') return std::nullopt;
  split.port = rest.substr(1);
  return split;
}

// The host as an IP literal; IPv6 has to be, and only IPv6 may be, in brackets.
std::optional<std::string> ip_of(const HostPort& split) {
  auto ip = parse_ip(split.host);
  if (!ip || is_v6(*ip) != split.bracketed) return std::nullopt;
  return ip;
}

std::optional<routing::Transport> parse_transport(std::string_view word) {
  if (word == "udp") return routing::Transport::udp;
  if (word == "tcp") return routing::Transport::tcp;
  return std::nullopt;
}

// What may stand behind a phone's address: nothing, or how it is reached.
std::optional<routing::Transport> parse_parameters(std::string_view parameters) {
  constexpr std::string_view kTransport = ";transport=";
  if (parameters.empty()) return routing::Transport::udp;
  if (!parameters.starts_with(kTransport)) return std::nullopt;
  return parse_transport(parameters.substr(kTransport.size()));
}

// A host name (RFC 1123 §2.1). One whose last part is a number is a literal gone wrong.
bool is_host_name(std::string_view text) {
  constexpr std::size_t longest = 253;
  constexpr std::size_t longest_part = 63;
  if (text.empty() || text.size() > longest) return false;
  std::string_view part;
  while (true) {
    const std::size_t dot = text.find('.');
    part = text.substr(0, dot);
    const bool sane = !part.empty() && part.size() <= longest_part && part.front() != '-' &&
                      part.back() != '-' && std::all_of(part.begin(), part.end(), [](char c) {
                        return c == '-' || is_one_of(c, kLetters) || is_one_of(c, kDigits);
                      });
    if (!sane) return false;
    if (dot == std::string_view::npos) return !all_digits(part);
    text.remove_prefix(dot + 1);
  }
}

bool is_user(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_one_of(c, kLetters) || is_one_of(c, kDigits) || is_one_of(c, "-_.+!~*");
  });
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_one_of(c, kLetters) || is_one_of(c, kDigits) || is_one_of(c, "_-.") ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

bool all_digits(std::string_view text) {
  return text.find_first_not_of(kDigits) == std::string_view::npos;
}

std::optional<std::string> parse_ip(std::string_view text) {
  const std::string literal(text);
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  std::array<char, INET6_ADDRSTRLEN> printed{};
  for (const int family : {AF_INET, AF_INET6}) {
    if (inet_pton(family, literal.c_str(), bytes.data()) == 1) {
      return inet_ntop(family, bytes.data(), printed.data(), printed.size());
    }
  }
  return std::nullopt;
}

bool is_wildcard(std::string_view ip) { return ip == "0.0.0.0" || ip == "::"; }

bool is_loopback(std::string_view ip) { return ip == "::1" || ip.starts_with("127."); }

bool is_v6(std::string_view ip) { return ip.find(':') != std::string_view::npos; }

tl::expected<IpPort, std::string> parse_ip_port(std::string_view text) {
  const std::string wanted = "; wanted is IP or IP:port, IPv6 in brackets";
  const auto split = split_host_port(text);
  const auto ip = split ? ip_of(*split) : std::nullopt;
  if (!ip) {
    return tl::unexpected(in_quotes(text) +
                          " holds no IP address; names are not resolved, IP literals only" +
                          wanted);
  }
  if (!split->port) return IpPort{*ip, std::nullopt};
  const auto port = parse_port(*split->port);
  if (!port) return tl::unexpected(in_quotes(text) + " has no port from 1 to 65535" + wanted);
  return IpPort{*ip, port};
}

tl::expected<routing::Endpoint, std::string> parse_endpoint(std::string_view text, Host host) {
  const auto colon = text.find(':');
  const std::string_view before = text.substr(0, colon);
  for (const std::string_view secure : {"tls", "ws", "wss"}) {
    if (before == secure) {
      return tl::unexpected(in_quotes(text) + ": " + std::string(secure) +
                            " is the business of a proxy in front (docs/operating.md)");
    }
  }
  const bool may_be_name = host == Host::literal_or_name;
  const std::string wanted =
      std::string("; wanted is udp:IP:port or tcp:IP:port, IPv6 in brackets") +
      (may_be_name ? ", or a name for the IP" : "");
  const auto transport = parse_transport(before);
  if (!transport || colon == std::string_view::npos) {
    return tl::unexpected(in_quotes(text) + " is no address" + wanted);
  }
  const auto split = split_host_port(text.substr(colon + 1));
  if (!split) return tl::unexpected(in_quotes(text) + " is no address" + wanted);
  const auto ip = ip_of(*split);
  const bool is_name = !ip && may_be_name && !split->bracketed && is_host_name(split->host);
  if (!ip && !is_name) {
    return tl::unexpected(in_quotes(split->host) +
                          (may_be_name
                               ? " is neither an IP address nor a host's name"
                               : " is no IP address; names are not resolved, IP literals only") +
                          wanted);
  }
  const auto port = parse_port(split->port.value_or(""));
  if (!port) return tl::unexpected(in_quotes(text) + " has no port from 1 to 65535" + wanted);
  routing::Endpoint endpoint{*transport, ip.value_or(""), *port, ""};
  if (is_name) endpoint.name = split->host;
  return endpoint;
}

tl::expected<PhonePlace, std::string> parse_phone_uri(std::string_view text) {
  constexpr std::string_view kScheme = "sip:";
  const std::string wanted =
      "; wanted is sip:user@IP:port or sip:user@IP:port;transport=tcp, IPv6 in brackets";
  const auto at = text.find('@');
  if (!text.starts_with(kScheme) || at == std::string_view::npos) {
    return tl::unexpected(in_quotes(text) + " is no SIP address" + wanted);
  }
  const std::string_view user = text.substr(kScheme.size(), at - kScheme.size());
  if (!is_user(user)) return tl::unexpected(in_quotes(user) + " is no user of a phone" + wanted);
  const auto semicolon = std::min(text.find(';', at), text.size());
  const std::string_view parameters = text.substr(semicolon);
  const auto transport = parse_parameters(parameters);
  const auto split = split_host_port(text.substr(at + 1, semicolon - at - 1));
  if (!split || !transport) {
    return tl::unexpected(in_quotes(text) + " is no SIP address" + wanted);
  }
  const auto ip = ip_of(*split);
  if (!ip) {
    return tl::unexpected(in_quotes(split->host) + " is no IP address; names are not resolved, " +
                          "IP literals only" + wanted);
  }
  const auto port = parse_port(split->port.value_or("5060"));
  if (!port) return tl::unexpected(in_quotes(text) + " has no port from 1 to 65535" + wanted);
  const std::string host = split->bracketed ? "[" + *ip + "]" : *ip;
  std::string uri =
      std::string(kScheme) + std::string(user) + "@" + host + ":" + std::to_string(*port);
  if (*transport != routing::Transport::udp) uri.append(parameters);
  return PhonePlace{std::move(uri), {*transport, *ip, *port}};
}

std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
  constexpr std::chrono::minutes kMost{14 * 60};
  if (text.size() != 6 || !is_one_of(text[0], "+-") || text[3] != ':') return std::nullopt;
  const auto hours = parse_digits(text.substr(1, 2), 2);
  const auto minutes = parse_digits(text.substr(4, 2), 2);
  if (!hours || !minutes || *minutes >= 60) return std::nullopt;
  const std::chrono::minutes offset{*hours * 60 + *minutes};
  if (offset > kMost) return std::nullopt;
  return text[0] == '-' ? -offset : offset;
}

std::optional<schedule::Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4), 4);
  const auto month = parse_digits(text.substr(5, 2), 2);
  const auto day = parse_digits(text.substr(8, 2), 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date = std::chrono::year(*year) /
                                           std::chrono::month(static_cast<unsigned>(*month)) /
                                           std::chrono::day(static_cast<unsigned>(*day));
  if (!date.ok()) return std::nullopt;
  return schedule::Date(date);
}

}  // namespace hotline::config
