// Any bytes as a session description, and as the headers of a message at the gate: a verdict, and
// nothing else happens. What is sane stays sane when it is judged again, with our place in it, too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sip/dialog.h"
#include "sip/gate.h"
#include "sip/info.h"
#include "sip/registration.h"
#include "sip/sdp.h"
#include "sip/sdp_audio.h"
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
  if (judge_sdp(text) == SdpVerdict::sane) {
    const AudioPlace place{"192.0.2.1", false, 20'000, 1, 1};
    const std::string placed = with_place(text, place);
    if (judge_sdp(placed) != SdpVerdict::sane || with_place(placed, place) != placed) std::abort();
    if (audio_of(text) && judge_sdp(own_answer(text, place, 8, 101)) != SdpVerdict::sane) {
      std::abort();
    }
  }
  msg_t* message = msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(size));
  if (const sip_t* sip = message == nullptr ? nullptr : sip_object(message)) {
    is_safe_for_sofia(*sip, hotline::routing::Transport::udp);
    if (sip->sip_request != nullptr && registration_of(*sip, {}, "hotline").user.size() > 512) {
      std::abort();
    }
  }
  msg_destroy(message);
  if (clean_name(text.c_str()).size() > 64) std::abort();
  for (const char* type : {"application/dtmf", "application/dtmf-relay"}) {
    const KeyRead read = key_in(type, text);
    if ((read.key == 0) != (read.fault != nullptr)) std::abort();
  }
  if (const auto dialog = Dialog::parse(text);
      dialog && Dialog::parse(dialog->to_text()) != dialog) {
    std::abort();
  }
  return 0;
}
