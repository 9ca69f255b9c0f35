// Any bytes as a session description, and as the headers of a message at the gate: a verdict, and
// nothing else happens. What is sane stays sane when it is judged again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sip/dialog.h"
#include "sip/gate.h"
#include "sip/sdp.h"
#include "sip/uri.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hotline::sip;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (judge_sdp(text) == SdpVerdict::sane && judge_sdp(text + "a=x\r\n") == SdpVerdict::unusable) {
    std::abort();
  }
  if (judge_sdp(text) == SdpVerdict::sane &&
      judge_sdp(reject_all({"application/sdp", text}).body) != SdpVerdict::sane) {
    std::abort();
  }
  msg_t* message = msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(size));
  if (const sip_t* sip = message == nullptr ? nullptr : sip_object(message)) {
    is_safe_for_sofia(*sip);
  }
  msg_destroy(message);
  if (clean_name(text.c_str()).size() > 64) std::abort();
  if (const auto dialog = Dialog::parse(text);
      dialog && Dialog::parse(dialog->to_text()) != dialog) {
    std::abort();
  }
  return 0;
}
