#include "sip/digest.h"

#include <algorithm>

#include <strings.h>

#include "sip/agent.h"
#include "sip/md5.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr std::size_t kLongest = 512;  // of a parameter; real ones have a tenth of it

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string in_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

// Is `auth` in a list such as "auth,auth-int"?
bool offers_auth(std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view one = list.substr(0, comma);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
    if (same(one, "auth")) return true;
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return false;
}

// False where the parameter makes the challenge one we cannot answer.
bool read_parameter(Challenge& challenge, std::string_view name, const std::string& value) {
  if (same(name, "realm")) challenge.realm = value;
  if (same(name, "nonce")) challenge.nonce = value;
  if (same(name, "stale")) challenge.stale = same(value, "true");
  if (same(name, "opaque")) {
    challenge.opaque = value;
    challenge.has_opaque = true;
  }
  if (same(name, "algorithm")) {
    challenge.names_md5 = same(value, "MD5");
    return challenge.names_md5;
  }
  if (same(name, "qop")) {
    challenge.qop_auth = offers_auth(value);
    return challenge.qop_auth;
  }
  return true;
}

std::optional<Challenge> read_challenge(const msg_auth_t& header) {
  if (header.au_scheme == nullptr || !same(header.au_scheme, "Digest")) return std::nullopt;
  Challenge challenge;
  for (const msg_param_t* one = header.au_params; one != nullptr && *one != nullptr; ++one) {
    const std::string_view text = *one;
    if (text.size() > kLongest) return std::nullopt;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    if (!read_parameter(challenge, text.substr(0, equals), unquoted(text.substr(equals + 1)))) {
      return std::nullopt;
    }
  }
  if (challenge.nonce.empty()) return std::nullopt;
  return challenge;
}

bool is_gateway(const routing::Trunk& trunk, const Address& address) {
  return std::any_of(trunk.gateways.begin(), trunk.gateways.end(),
                     [&](const auto& gateway) { return Address::parse(gateway.host) == address; });
}

}  // namespace

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

std::optional<Challenge> challenge_of(const sip_t& answer) {
  for (const bool by_proxy : {false, true}) {
    const msg_auth_t* header =
        by_proxy ? answer.sip_proxy_authenticate : answer.sip_www_authenticate;
    for (; header != nullptr; header = header->au_next) {
      if (auto challenge = read_challenge(*header)) {
        challenge->by_proxy = by_proxy;
        return challenge;
      }
    }
  }
  return std::nullopt;
}

std::string proof(const Challenge& challenge, const routing::Credentials& credentials,
                  std::string_view method, std::string_view uri, std::string_view cnonce) {
  constexpr std::string_view nc = "00000001";
  const std::string who =
      md5_hex(credentials.username + ":" + challenge.realm + ":" + credentials.password);
  const std::string what = md5_hex(std::string(method) + ":" + std::string(uri));
  const std::string middle =
      challenge.qop_auth ? std::string(nc) + ":" + std::string(cnonce) + ":auth:" : std::string();
  std::string header =
      challenge.by_proxy ? "Proxy-Authorization: Digest " : "Authorization: Digest ";
  header += "username=" + in_quotes(credentials.username) +
            ", realm=" + in_quotes(challenge.realm) + ", nonce=" + in_quotes(challenge.nonce) +
            ", uri=\"" + std::string(uri) + "\", response=\"" +
            md5_hex(who + ":" + challenge.nonce + ":" + middle + what) + "\"";
  if (challenge.names_md5) header += ", algorithm=MD5";
  if (challenge.qop_auth)
    header += ", qop=auth, nc=" + std::string(nc) + ", cnonce=" + in_quotes(cnonce);
  if (challenge.has_opaque) header += ", opaque=" + in_quotes(challenge.opaque);
  return header;
}

std::string proof_for(const Agent& agent, const std::string& trunk, nta_outgoing_t* request,
                      const sip_t& answer) {
  const int status = nta_outgoing_status(request);
  if (status != 401 && status != 407) return {};
  const routing::Trunk* asking = agent.trunk(trunk);
  if (asking == nullptr || asking->credentials.username.empty()) return {};
  const auto challenge = challenge_of(answer);
  if (!challenge) return {};
  msg_t* response = nta_outgoing_getresponse(request);
  const bool known = is_gateway(*asking, Address::of(source_of(response)));
  msg_destroy(response);
  if (!known) return {};

  msg_t* message = nta_outgoing_getrequest(request);
  const sip_t* sent = sip_object(message);
  const bool proved =
      sent->sip_authorization != nullptr || sent->sip_proxy_authorization != nullptr;
  std::string header;
  if (!proved || challenge->stale) {
    header = proof(*challenge, asking->credentials, sent->sip_request->rq_method_name,
                   text_of(sent->sip_request->rq_url), random_token());
  }
  msg_destroy(message);
  return header;
}

}  // namespace hotline::sip
