// URIs as signalling sees them: which ones sofia may be given, and the numbers inside them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sip/address.h"

namespace hotline::sip {

// Does the text hold a parameter that sofia's url_param() would read beyond its end? ("…;lrX":
// a name that merely begins with one it looks for.)
bool misleads_sofia(std::string_view text);
bool misleads_sofia(const url_t* uri);

// Exactly one sip or sips URI with a host, and nothing that misleads sofia.
bool is_sane(const sip_contact_t* contact);
bool is_sane(const sip_record_route_t* route);

std::string text_of(const url_t* uri);
// The IP literal a URI points at.
// Errors: nullopt for a name, and for anything that is no sip or sips URI.
std::optional<Address> host_of(const url_t* uri);
std::optional<Address> host_of(const std::string& uri);

// How a URI wants to be reached; UDP where it does not say.
// Errors: nullopt for a transport we do not speak, and for a sips URI.
std::optional<routing::Transport> transport_of(const url_t* uri);

// An IP literal as a URI writes it: IPv6 in brackets.
std::string host_in_uri(const std::string& literal);

// Is it of a scheme that we take calls for: sip, sips, tel?
bool is_known_scheme(const url_t* uri);

// The number in a sip, sips or tel URI, without its parameters; bounded.
std::string number_of(const url_t* uri);
// "<sip:NUMBER@HOST>", whatever characters the number has.
std::string named_at(std::string_view number, std::string_view host);

// "sip:NUMBER@HOST:PORT", or without a number, over the transport of that place.
std::string uri_at(const routing::Endpoint& place, std::string_view number);

// A display name as a person would read it: unquoted, without control characters, bounded.
std::string clean_name(const char* display);
// The name as a quoted-string and a blank; nothing for an empty name.
std::string quoted(std::string_view name);

}  // namespace hotline::sip
