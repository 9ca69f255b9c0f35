// OPTIONS (RFC 3261 §11): are you there, and what can you do? Trunks ask it every few seconds.
#include "sip/leg.h"
#include "sip/reason.h"

namespace hotline::sip {

void answer_options(Agent& agent, msg_t* message) {
  agent.reply(
      message, 200,
      std::string("Allow: ") + kAllow + "\r\nAccept: " + kSdp + "\r\nSupported: " + kSupported);
}

void answer_options(Agent& agent, const sip_allow_t* allow, nta_incoming_t* request) {
  nta_incoming_treply(request, 200, phrase_of(200), SIPTAG_ALLOW(allow), SIPTAG_ACCEPT_STR(kSdp),
                      SIPTAG_SUPPORTED(agent.standing().supported()),
                      SIPTAG_SERVER_STR(agent.product()), TAG_END());
}

}  // namespace hotline::sip
