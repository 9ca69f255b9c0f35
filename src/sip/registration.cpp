#include "sip/registration.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include <strings.h>

#include "sip/digest.h"
#include "sip/home.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr std::size_t kLongest = 512;  // of a text; real ones have a fifth of it
constexpr int kMostHeaders = 8;        // with credentials
constexpr int kMostParameters = 32;
constexpr std::size_t kMostContacts = 8;
constexpr Seconds kMalformed{3'600};  // RFC 3261 §10.2.1.1

std::string bounded(std::string text) {
  return text.size() <= kLongest ? std::move(text) : std::string();
}

std::string bounded(const char* text) {
  return text != nullptr && strnlen(text, kLongest + 1) <= kLongest ? text : std::string();
}

std::string* part_of(Proof& proof, const std::string& name) {
  const std::pair<const char*, std::string*> parts[] = {
      {"username", &proof.username}, {"realm", &proof.realm}, {"nonce", &proof.nonce},
      {"uri", &proof.uri},           {"qop", &proof.qop},     {"response", &proof.response},
      {"cnonce", &proof.cnonce},     {"nc", &proof.nc},       {"algorithm", &proof.algorithm}};
  for (const auto& [known, part] : parts) {
    if (strcasecmp(known, name.c_str()) == 0) return part;
  }
  return nullptr;
}

// Errors: nullopt for another scheme, and where something is too long, too much or said twice.
std::optional<Proof> proof_in(const msg_auth_t& header) {
  if (header.au_scheme == nullptr || strcasecmp(header.au_scheme, "Digest") != 0) {
    return std::nullopt;
  }
  Proof proof;
  int count = 0;
  for (const msg_param_t* one = header.au_params; one != nullptr && *one != nullptr; ++one) {
    const std::string text = bounded(*one);
    if (text.empty() || ++count > kMostParameters) return std::nullopt;
    const std::size_t equals = text.find('=');
    if (equals == text.npos) continue;
    std::string* part = part_of(proof, text.substr(0, equals));
    if (part == nullptr) continue;
    if (!part->empty()) return std::nullopt;
    *part = unquoted(std::string_view(text).substr(equals + 1));
  }
  return proof;
}

std::optional<Proof> proof_of(const sip_t& sip, std::string_view realm) {
  int count = 0;
  for (const msg_auth_t* header = sip.sip_authorization; header != nullptr;
       header = header->au_next) {
    if (++count > kMostHeaders) break;
    auto proof = proof_in(*header);
    if (proof && proof->realm == realm) return proof;
  }
  return std::nullopt;
}

// What was parsed of a Request-URI is not always what was sent, byte by byte: where the proof's
// says the same when it is parsed, that is how it was written.
std::string request_uri_of(const url_t* uri, const std::optional<Proof>& proof) {
  std::string text = bounded(text_of(uri));
  if (!proof || text.empty()) return text;
  Home home;
  const url_t* proved = url_make(home, proof->uri.c_str());
  return proved != nullptr && text_of(proved) == text ? proof->uri : text;
}

Seconds expires_of(std::string_view text) {
  constexpr std::int64_t most = UINT32_MAX;
  std::int64_t value = 0;
  if (text.empty()) return kMalformed;
  for (const char c : text) {
    if (c < '0' || c > '9') return kMalformed;
    value = std::min(value * 10 + (c - '0'), most);
  }
  return Seconds(value);
}

// Can it stand between < and >, in a message of ours?
bool is_plain(std::string_view uri) {
  return std::all_of(uri.begin(), uri.end(), [](char c) {
    return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"';
  });
}

// One that a call can be sent to: over what we speak, and with no headers for the call to bring.
Registration::Contact contact_of(const sip_contact_t& header) {
  Registration::Contact contact;
  if (header.m_expires != nullptr) contact.expires = expires_of(header.m_expires);
  const url_t* uri = header.m_url;
  if (uri->url_type == url_sip && uri->url_host != nullptr && uri->url_host[0] != '\0' &&
      uri->url_headers == nullptr && !misleads_sofia(uri) && transport_of(uri)) {
    contact.uri = bounded(text_of(uri));
    if (!is_plain(contact.uri)) contact.uri.clear();
  }
  return contact;
}

void read_contacts(const sip_contact_t* header, Registration& asked) {
  for (; header != nullptr; header = header->m_next) {
    if (header->m_url->url_type == url_any) {
      asked.removes_all = true;
    } else if (asked.contacts.size() < kMostContacts) {
      asked.contacts.push_back(contact_of(*header));
    } else {
      asked.contacts.back() = {};  // refused as a whole
    }
  }
}

}  // namespace

Registration registration_of(const sip_t& sip, const Address& source, std::string_view realm) {
  Registration asked;
  asked.source = source;
  if (sip.sip_to != nullptr) asked.user = number_of(sip.sip_to->a_url);
  asked.proof = proof_of(sip, realm);
  asked.request_uri = request_uri_of(sip.sip_request->rq_url, asked.proof);
  if (asked.request_uri.empty()) asked.proof.reset();
  read_contacts(sip.sip_contact, asked);
  if (sip.sip_expires != nullptr) {
    const bool is_date = sip.sip_expires->ex_date != 0;
    asked.expires =
        is_date ? kMalformed : Seconds(static_cast<std::int64_t>(sip.sip_expires->ex_delta));
  }
  if (sip.sip_call_id != nullptr) asked.call_id = bounded(sip.sip_call_id->i_id);
  if (sip.sip_cseq != nullptr) asked.cseq = sip.sip_cseq->cs_seq;
  return asked;
}

}  // namespace hotline::sip
