// INFO (RFC 6086): we have no use for what it may carry, but answer it as asked.
#include <strings.h>

#include "sip/leg.h"
#include "sip/reason.h"

namespace hotline::sip {
namespace {

bool names_a_package(const sip_t& sip) {
  for (const sip_unknown_t* header = sip.sip_unknown; header != nullptr; header = header->un_next) {
    if (header->un_name != nullptr && strcasecmp(header->un_name, "Info-Package") == 0) return true;
  }
  return false;
}

}  // namespace

// A package we never asked for; a body nobody can read (§4.2.2, §9); or a mere sign of life.
int Leg::on_info(nta_incoming_t* request, const sip_t& sip) {
  if (stage_ == Stage::ended) return refuse(request, 481);
  const bool empty = sip.sip_payload == nullptr || sip.sip_payload->pl_len == 0;
  const int status = names_a_package(sip) ? 469 : empty ? 200 : 415;
  nta_incoming_treply(request, status, phrase_of(status),
                      SIPTAG_HEADER_STR(status == 469 ? "Recv-Info:" : nullptr),
                      SIPTAG_ACCEPT_STR(status == 415 ? "" : nullptr),
                      SIPTAG_SERVER_STR(agent_.product()), TAG_END());
  return status;
}

}  // namespace hotline::sip
