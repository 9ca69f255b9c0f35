#include "sip/uri.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>

#include <strings.h>

#include "hotline/number/number.h"

#include "sip/home.h"

namespace hotline::sip {
namespace {

constexpr std::size_t kMostName = 64;

bool starts_with_no_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         strncasecmp(text.data(), prefix.data(), prefix.size()) == 0;
}

bool ends_parameter(char c) { return std::strchr("=;,>?\" \t\r\n", c) != nullptr; }

bool is_sip(const url_t* uri) {
  return (uri->url_type == url_sip || uri->url_type == url_sips) && uri->url_host != nullptr &&
         uri->url_host[0] != '\0' && !misleads_sofia(uri);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Stops at the first parameter of the user part, and at the bound of a raw number.
std::string unescaped_user(std::string_view user) {
  std::string number;
  for (std::size_t i = 0; i < user.size() && number.size() < number::kMostRaw; ++i) {
    char c = user[i];
    if (c == ';') break;
    if (c == '%' && i + 2 < user.size() && hex_value(user[i + 1]) >= 0 &&
        hex_value(user[i + 2]) >= 0) {
      c = static_cast<char>(hex_value(user[i + 1]) * 16 + hex_value(user[i + 2]));
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;
    number += c;
  }
  return number;
}

}  // namespace

bool misleads_sofia(std::string_view text) {
  constexpr std::array<std::string_view, 3> looked_for = {"lr", "maddr", "transport"};
  for (std::size_t at = text.find(';'); at != std::string_view::npos; at = text.find(';', at + 1)) {
    std::string_view name = text.substr(at + 1);
    name.remove_prefix(std::min(name.find_first_not_of(" \t"), name.size()));
    for (const std::string_view known : looked_for) {
      if (starts_with_no_case(name, known) && name.size() > known.size() &&
          !ends_parameter(name[known.size()])) {
        return true;
      }
    }
  }
  return false;
}

bool misleads_sofia(const url_t* uri) {
  return uri->url_params != nullptr && misleads_sofia(";" + std::string(uri->url_params));
}

bool is_sane(const sip_contact_t* contact) {
  return contact != nullptr && contact->m_next == nullptr && is_sip(contact->m_url);
}

bool is_sane(const sip_record_route_t* route) {
  constexpr int most = 32;
  int count = 0;
  for (; route != nullptr; route = route->r_next) {
    if (++count > most || !is_sip(route->r_url)) return false;
  }
  return true;
}

std::string text_of(const url_t* uri) {
  Home home;
  const char* text = url_as_string(home, uri);
  return text == nullptr ? std::string() : std::string(text);
}

std::optional<Address> host_of(const url_t* uri) {
  if (!is_sip(uri)) return std::nullopt;
  return Address::parse(uri->url_host);
}

std::optional<Address> host_of(const std::string& uri) {
  Home home;
  const url_t* parsed = url_make(home, uri.c_str());
  return parsed == nullptr ? std::nullopt : host_of(parsed);
}

std::optional<routing::Transport> transport_of(const url_t* uri) {
  if (uri->url_type != url_sip) return std::nullopt;
  char word[8] = "udp";
  if (uri->url_params != nullptr) url_param(uri->url_params, "transport", word, sizeof word);
  if (strcasecmp(word, "udp") == 0) return routing::Transport::udp;
  if (strcasecmp(word, "tcp") == 0) return routing::Transport::tcp;
  return std::nullopt;
}

bool is_known_scheme(const url_t* uri) {
  return uri->url_type == url_sip || uri->url_type == url_sips || uri->url_type == url_tel;
}

std::string number_of(const url_t* uri) {
  return is_known_scheme(uri) && uri->url_user != nullptr ? unescaped_user(uri->url_user)
                                                          : std::string();
}

std::string host_in_uri(const std::string& literal) {
  return literal.find(':') == std::string::npos ? literal : "[" + literal + "]";
}

std::string named_at(std::string_view number, std::string_view host) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view plain = "+-_.*";
  std::string uri = "<sip:";
  for (const char c : number) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || plain.find(c) != plain.npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  if (!number.empty()) uri += '@';
  uri += host;
  return uri + ">";
}

std::string uri_at(const routing::Endpoint& place, std::string_view number) {
  const std::string bracketed =
      named_at(number, host_in_uri(place.host) + ":" + std::to_string(place.port));
  const bool tcp = place.transport == routing::Transport::tcp;
  return bracketed.substr(1, bracketed.size() - 2) + (tcp ? ";transport=tcp" : "");
}

std::string clean_name(const char* display) {
  if (display == nullptr) return {};
  std::string_view text = display;
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  std::string name;
  bool escaped = false;
  for (const char c : text) {
    if (!escaped && c == '\\') {
      escaped = true;
      continue;
    }
    escaped = false;
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) name += c;
    if (name.size() == kMostName) break;
  }
  // Not in the middle of a character of several bytes.
  if (name.size() == kMostName) {
    while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xc0) == 0x80) {
      name.pop_back();
    }
    if (!name.empty() && (static_cast<unsigned char>(name.back()) & 0x80) != 0) name.pop_back();
  }
  return name;
}

std::string quoted(std::string_view name) {
  if (name.empty()) return {};
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) text += c;
  }
  return text + "\" ";
}

}  // namespace hotline::sip
