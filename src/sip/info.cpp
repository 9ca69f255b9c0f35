// INFO (RFC 6086): a key that a side pressed, and its way on to the other side of a talk; all else
// that it may carry is of no use to us, but answered as asked.
#include "sip/info.h"

#include <charconv>
#include <memory>
#include <string>
#include <utility>

#include <strings.h>

#include "sip/leg.h"
#include "sip/reason.h"
#include "sip/sdp_lines.h"

namespace hotline::sip {
namespace {

constexpr std::string_view kRelayed = "application/dtmf-relay";
constexpr std::string_view kBare = "application/dtmf";
constexpr std::size_t kMostKeyBody = 256;  // bytes

bool same_word(std::string_view one, std::string_view other) {
  return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

constexpr std::string_view kKeys = "0123456789*#ABCD";  // by their events (RFC 4733 §3.2)

// "5", "*", "a"; 0: no key.
char key_written(std::string_view word) {
  if (word.size() != 1) return 0;
  const bool small = word[0] >= 'a' && word[0] <= 'd';
  const char key = small ? static_cast<char>(word[0] - 'a' + 'A') : word[0];
  return kKeys.find(key) == kKeys.npos ? '\0' : key;
}

// Those that no digit writes may be numbers, too: "10" is the star.
char key_signalled(std::string_view word) {
  std::size_t event = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), event);
  const bool is_event = error == std::errc{} && end == word.data() + word.size() && event >= 10 &&
                        event < kKeys.size();
  return is_event ? kKeys[event] : key_written(word);
}

bool names_a_package(const sip_t& sip) {
  for (const sip_unknown_t* header = sip.sip_unknown; header != nullptr; header = header->un_next) {
    if (header->un_name != nullptr && strcasecmp(header->un_name, "Info-Package") == 0) return true;
  }
  return false;
}

}  // namespace

bool is_key_body(std::string_view type) {
  return same_word(type, kRelayed) || same_word(type, kBare);
}

KeyRead key_in(std::string_view type, std::string_view body) {
  if (body.size() > kMostKeyBody) return {0, "the body is too long for a key"};
  if (same_word(type, kBare)) {
    const char key = key_written(trimmed(body));
    return {key, key == 0 ? "the body is no key" : nullptr};
  }
  KeyRead read{0, "the body has no line Signal="};
  while (!body.empty()) {
    const std::string_view line = take_line(body);
    const std::size_t equals = line.find('=');
    if (equals == line.npos || !same_word(trimmed(line.substr(0, equals)), "signal")) continue;
    if (read.fault == nullptr) return {0, "the body has two lines Signal="};
    read.key = key_signalled(trimmed(line.substr(equals + 1)));
    if (read.key == 0) return {0, "Signal= is no key"};
    read.fault = nullptr;
  }
  return read;
}

// A package we never asked for; a body nobody can read (§4.2.2, §9); or a mere sign of life.
int Leg::on_info(nta_incoming_t* request, const sip_t& sip) {
  if (stage_ == Stage::ended) return refuse(request, 481);
  int status = 200;
  std::string warning;
  if (names_a_package(sip)) {
    status = 469;
  } else if (sip.sip_payload != nullptr && sip.sip_payload->pl_len > 0) {
    const sip_content_type_t* type = sip.sip_content_type;
    const bool readable = type != nullptr && type->c_type != nullptr && is_key_body(type->c_type) &&
                          sip.sip_content_encoding == nullptr;
    const KeyRead read =
        readable ? key_in(type->c_type, {sip.sip_payload->pl_data, sip.sip_payload->pl_len})
                 : KeyRead{};
    status = !readable ? 415 : read.fault != nullptr ? 400 : 200;
    if (read.fault != nullptr) warning = std::string("399 hotlined \"") + read.fault + '"';
    if (read.key != 0) agent_.tell(call::KeyPressed{id_, read.key, true});
  }
  nta_incoming_treply(
      request, status, phrase_of(status), SIPTAG_HEADER_STR(status == 469 ? "Recv-Info:" : nullptr),
      SIPTAG_ACCEPT_STR(status == 415 ? kKeyBodies : nullptr), SIPTAG_WARNING_STR(or_none(warning)),
      SIPTAG_SERVER_STR(agent_.product()), TAG_END());
  return status;
}

void Leg::pass_key(char key) {
  constexpr std::size_t kMostKeys = 32;
  if (stage_ != Stage::up) return;
  if (keys_out_ == nullptr) keys_out_ = std::make_unique<KeysOut>();
  if (keys_out_->waiting.size() == kMostKeys) return;
  keys_out_->waiting += key;
  if (keys_out_->info == nullptr) send_key();
}

void Leg::send_key(const std::string& proof) {
  KeysOut& keys = *keys_out_;
  if (keys.info != nullptr) nta_outgoing_destroy(keys.info);
  const std::string body =
      std::string("Signal=") + keys.waiting.front() + "\r\nDuration=160\r\n";  // ms, as is usual
  keys.info = nta_outgoing_tcreate(
      dialog_, on_key_answered, this, next_hop(), SIP_METHOD_INFO, nullptr,
      SIPTAG_USER_AGENT_STR(agent_.product()), SIPTAG_HEADER_STR(or_none(proof)),
      SIPTAG_CONTENT_TYPE_STR(kRelayed.data()), SIPTAG_PAYLOAD_STR(body.c_str()), TAG_END());
  if (keys.info == nullptr) keys_out_.reset();
}

// Whatever the answer is: the next one. A trunk that asks who we are is told, once more.
int Leg::on_key_answered(Leg* self, nta_outgoing_t* info, const sip_t* sip) noexcept {
  if (nta_outgoing_status(info) < 200) return 0;
  if (const std::string proof = self->prove(info, sip); !proof.empty()) {
    self->send_key(proof);
    return 0;
  }
  KeysOut& keys = *self->keys_out_;
  nta_outgoing_destroy(std::exchange(keys.info, nullptr));
  keys.waiting.erase(0, 1);
  if (keys.waiting.empty()) {
    self->keys_out_.reset();
  } else {
    self->send_key();
  }
  return 0;
}

}  // namespace hotline::sip
