#include "sip/identity.h"

#include <initializer_list>
#include <optional>
#include <string_view>

#include <strings.h>

#include "sip/home.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

bool asks_for(const sip_t& sip, std::initializer_list<const char*> words) {
  const sip_privacy_t* privacy = sip.sip_privacy;
  if (privacy == nullptr || privacy->priv_values == nullptr) return false;
  for (const msg_param_t* value = privacy->priv_values; *value != nullptr; ++value) {
    for (const char* word : words) {
      if (strcasecmp(*value, word) == 0) return true;
    }
  }
  return false;
}

// The first of a list of name-addrs: up to a comma outside quotes and angle brackets.
std::string_view first_of(std::string_view list) {
  bool quotes = false;
  bool brackets = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (quotes && c == '\\') {
      ++i;
    } else if (c == '"') {
      quotes = !quotes;
    } else if (!quotes && (c == '<' || c == '>')) {
      brackets = c == '<';
    } else if (!quotes && !brackets && c == ',') {
      return list.substr(0, i);
    }
  }
  return list;
}

struct Asserted {
  std::string number;
  std::string name;
};

// The library has no class for this header in its default set: it stands among the unknown ones.
std::optional<Asserted> asserted_by(const sip_t& sip) {
  for (const sip_unknown_t* header = sip.sip_unknown; header != nullptr; header = header->un_next) {
    if (header->un_name == nullptr || header->un_value == nullptr ||
        strcasecmp(header->un_name, "P-Asserted-Identity") != 0) {
      continue;
    }
    Home home;
    const std::string first(first_of(header->un_value));
    Asserted asserted;
    if (const sip_from_t* address = sip_from_make(home, first.c_str()); address != nullptr) {
      asserted = {number_of(address->a_url), clean_name(address->a_display)};
    }
    if (!asserted.number.empty()) return asserted;
  }
  return std::nullopt;
}

bool is_anonymous(std::string_view user) {
  return user.empty() ||
         (user.size() == 9 && strncasecmp(user.data(), "anonymous", user.size()) == 0);
}

}  // namespace

// Names, numbers and the caller's own headers end here anyway; what its media shows does not.
bool wants_more_privacy(const sip_t& sip) {
  return asks_for(sip, {"session"}) && asks_for(sip, {"critical"});
}

Identity identity_of(const sip_t& sip, bool trusted) {
  const std::string from = number_of(sip.sip_from->a_url);
  const auto asserted = trusted ? asserted_by(sip) : std::nullopt;

  Identity identity;
  identity.number.raw = asserted ? asserted->number : from;
  if (asserted) identity.asserted = asserted->number;
  if (is_anonymous(from) || is_anonymous(identity.number.raw) ||
      asks_for(sip, {"id", "user", "header"})) {
    identity.number.kind = number::Kind::withheld;
    return identity;
  }
  identity.number.kind = number::Kind::unknown;
  identity.name =
      asserted && !asserted->name.empty() ? asserted->name : clean_name(sip.sip_from->a_display);
  return identity;
}

}  // namespace hotline::sip
