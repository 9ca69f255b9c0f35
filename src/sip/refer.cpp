// REFER inside a call (RFC 3515; blind, RFC 5589 §6.1): a phone wants its caller to go on to
// somebody else. The wish is the switchboard's to fulfil; what comes of it is told in NOTIFYs of
// the subscription that each REFER makes.
//
//   phone                         this leg                  the switchboard
//     │ REFER ─────────────────────► │ ──────── TransferAsked ───────►
//     │ ◄──────────────────── 202    │
//     │ ◄─── NOTIFY (100 Trying)     │
//     │ ◄─── NOTIFY (180 Ringing)    │ ◄─────── TellTransfer ────────
//     │ ◄─── NOTIFY (200 OK)         │ ◄─────── TellTransfer ────────  the last one
//
// A caller may not move a call that the company pays for.
#include <cstring>
#include <string>

#include <sofia-sip/sip_extra.h>
#include <strings.h>

#include "hotline/base/lasting.h"
#include "hotline/number/number.h"

#include "sip/leg.h"
#include "sip/reason.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr const char* kFragment = "message/sipfrag;version=2.0";
// Longer than any phone rings; a subscription that nobody ends does not outlive its dialog anyway.
constexpr const char* kActive = "active;expires=600";
constexpr const char* kOver = "terminated;reason=noresource";

// RFC 4488: the phone does not want to be told.
bool wants_no_news(const sip_t& sip) {
  const sip_refer_sub_t* wish = sip_refer_sub(&sip);
  return wish != nullptr && wish->rs_value != nullptr && strcasecmp(wish->rs_value, "false") == 0;
}

// Null where there is none, or more than one, of which sofia would take the first.
const sip_refer_to_t* only_refer_to(const sip_t& sip) {
  const auto* header = reinterpret_cast<const msg_header_t*>(sip.sip_request);
  int count = 0;
  for (; header != nullptr; header = header->sh_succ) {
    if (header->sh_class == sip_refer_to_class) ++count;
  }
  return count == 1 ? sip.sip_refer_to : nullptr;
}

// Is there a parameter, or a header, of that name in a URI's text of "a=b;c" or "a=b&c"? What it
// is set to goes to `value`.
bool has_part(const char* text, char between, std::string_view name, std::string_view& value) {
  std::string_view rest = text == nullptr ? std::string_view() : std::string_view(text);
  while (!rest.empty()) {
    const std::size_t end = rest.find(between);
    const std::string_view part = rest.substr(0, end);
    const std::string_view key = part.substr(0, part.find('='));
    if (key.size() == name.size() && strncasecmp(key.data(), name.data(), key.size()) == 0) {
      value = part.substr(key.size() == part.size() ? key.size() : key.size() + 1);
      return true;
    }
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }
  return false;
}

// What stands against going to where a REFER points; 0: nothing.
struct Objection {
  int status = 0;
  const char* why = "";
};
Objection objection_to(const sip_refer_to_t* to) {
  if (to == nullptr) return {400, "there is no one Refer-To"};
  const url_t* uri = to->r_url;
  if (!is_known_scheme(uri)) return {416, "calls go to sip, sips and tel alone"};
  std::string_view value;
  if (has_part(uri->url_headers, '&', "Replaces", value)) {
    return {501, "a call is not transferred to another call"};
  }
  if (has_part(uri->url_params, ';', "method", value) && value != "INVITE") {
    return {501, "a transfer is a call"};
  }
  if (uri->url_user == nullptr || std::strlen(uri->url_user) > number::kMostRaw) {
    return {400, "Refer-To names no number, or a longer one than there is"};
  }
  if (number_of(uri).empty()) return {400, "Refer-To names no number"};
  return {};
}

}  // namespace

const sip_allow_t* Leg::allow() const {
  return may_transfer() && agent_.takes_transfers() ? agent_.standing().allow_with_refer()
                                                    : agent_.standing().allow();
}

int Leg::refuse_transfer(nta_incoming_t* request, int status, const char* why) {
  const std::string warning = std::string("399 hotlined \"") + why + '"';
  nta_incoming_treply(request, status, phrase_of(status), SIPTAG_WARNING_STR(warning.c_str()),
                      SIPTAG_SERVER_STR(agent_.product()), TAG_END());
  return status;
}

int Leg::on_refer(nta_incoming_t* request, const sip_t& sip) {
  if (stage_ == Stage::ended) return refuse(request, 481);
  if (!agent_.takes_transfers()) return refuse(request, 405);
  if (!may_transfer()) return refuse_transfer(request, 403, "a caller does not transfer its call");
  if (stage_ != Stage::up) return refuse(request, 500);
  if (transfer_ != nullptr && !transfer_->is_over()) return refuse(request, 491);
  if (sip.sip_contact != nullptr && !is_sane(sip.sip_contact)) return refuse(request, 400);
  const Objection objection = objection_to(only_refer_to(sip));
  if (objection.status != 0) return refuse_transfer(request, objection.status, objection.why);

  if (sip.sip_contact != nullptr) {
    msg_t* message = nta_incoming_getrequest(request);
    refresh_target(message, sip.sip_contact, false);
    msg_destroy(message);
  }
  const Lasting lasting;
  const bool is_first = transfer_ == nullptr;
  drop_transfer();
  transfer_ = std::make_unique<Transfer>();
  transfer_->event = is_first ? "refer" : "refer;id=" + std::to_string(sip.sip_cseq->cs_seq);
  transfer_->silent = wants_no_news(sip);
  nta_incoming_treply(request, 202, phrase_of(202), SIPTAG_CONTACT(local_->contact_header),
                      SIPTAG_ALLOW(allow()),
                      SIPTAG_HEADER_STR(transfer_->silent ? "Refer-Sub: false" : nullptr),
                      SIPTAG_SUPPORTED(agent_.standing().supported_timer()),
                      SIPTAG_SERVER_STR(agent_.product()), TAG_END());
  tell_transfer(100);
  agent_.tell(call::TransferAsked{id_, number_of(sip.sip_refer_to->r_url)});
  return 202;
}

void Leg::tell_transfer(int status) {
  if (transfer_ == nullptr || transfer_->is_over() || stage_ != Stage::up) return;
  transfer_->status = status;
  if (!transfer_->silent) send_notify();
}

// What was told before may still be under way: it is repeated by sofia until it is answered.
void Leg::send_notify(const std::string& proof) {
  Transfer& transfer = *transfer_;
  if (transfer.notify != nullptr) nta_outgoing_destroy(transfer.notify);
  const std::string told =
      "SIP/2.0 " + std::to_string(transfer.status) + ' ' + phrase_of(transfer.status) + "\r\n";
  transfer.notify = nta_outgoing_tcreate(
      dialog_, on_notify_answered, this, next_hop(), SIP_METHOD_NOTIFY, nullptr,
      SIPTAG_CONTACT(local_->contact_header), SIPTAG_EVENT_STR(transfer.event.c_str()),
      SIPTAG_SUBSCRIPTION_STATE_STR(transfer.is_over() ? kOver : kActive), SIPTAG_ALLOW(allow()),
      SIPTAG_USER_AGENT_STR(agent_.product()), SIPTAG_HEADER_STR(or_none(proof)),
      SIPTAG_CONTENT_TYPE_STR(kFragment), SIPTAG_PAYLOAD_STR(told.c_str()), TAG_END());
}

// The phone need not want to know. A trunk that asks who we are is told, once more.
int Leg::on_notify_answered(Leg* self, nta_outgoing_t* notify, const sip_t* sip) noexcept {
  if (nta_outgoing_status(notify) < 200) return 0;
  if (const std::string proof = self->prove(notify, sip); !proof.empty()) {
    self->send_notify(proof);
    return 0;
  }
  nta_outgoing_destroy(notify);
  self->transfer_->notify = nullptr;
  return 0;
}

void Leg::drop_transfer() {
  if (transfer_ == nullptr) return;
  if (transfer_->notify != nullptr) nta_outgoing_destroy(transfer_->notify);
  transfer_.reset();
}

}  // namespace hotline::sip
