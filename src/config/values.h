// How single values are written: addresses, names, offsets, dates. Text in, value out.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "hotline/routing/trunk.h"
#include "hotline/schedule/schedule.h"

namespace hotline::config {

// A name others refer to: letters, digits, '_', '-', '.', and whatever is beyond ASCII.
bool is_name(std::string_view text);

bool all_digits(std::string_view text);

// "127.0.0.2" or "::1", in the one form the system prints.
// Errors: nullopt for anything else, names and zones included.
std::optional<std::string> parse_ip(std::string_view text);

// "0.0.0.0", "::": no single host's. Nobody calls from it and nothing can be sent to it.
bool is_wildcard(std::string_view ip);

// Nobody outside this machine reaches it.
bool is_loopback(std::string_view ip);

bool is_v6(std::string_view ip);

// "203.0.113.7:5060", "203.0.113.7", "[2001:db8::7]": an IP literal, and the port where one was
// written. Errors: a sentence.
struct IpPort {
  std::string ip;
  std::optional<std::uint16_t> port;
};
tl::expected<IpPort, std::string> parse_ip_port(std::string_view text);

// "udp:127.0.0.1:5060", "tcp:[::1]:5060"; also "udp:sip.carrier.cn:5060" where a name will do.
// Errors: a sentence.
enum class Host : bool { literal, literal_or_name };
tl::expected<routing::Endpoint, std::string> parse_endpoint(std::string_view text,
                                                            Host host = Host::literal);

// "sip:li@127.0.0.9:5070", "sip:li@[::1];transport=tcp": the place in it, and the URI with its
// port spelled out even where it was left to 5060.
// Errors: a sentence.
struct PhonePlace {
  std::string uri;
  routing::Endpoint at;
};
tl::expected<PhonePlace, std::string> parse_phone_uri(std::string_view text);

// "+08:00".
std::optional<std::chrono::minutes> parse_offset(std::string_view text);

// "2026-12-31".
std::optional<schedule::Date> parse_date(std::string_view text);

}  // namespace hotline::config
