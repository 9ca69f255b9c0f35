// What we say of ourselves in nearly every message: read by sofia once, not once a message.
// Thread: the loop's.
#pragma once

#include "hotline/base/contract.h"
#include "hotline/call/event.h"

#include "sip/headers.h"
#include "sip/home.h"

namespace hotline::sip {

class Standing {
 public:
  Standing()
      : allow_(sip_allow_make(home_, kAllow)),
        allow_with_refer_(sip_allow_make(home_, kAllowWithRefer)),
        supported_(sip_supported_make(home_, kSupported)),
        supported_timer_(sip_supported_make(home_, kSupportedTimer)),
        sdp_(sip_content_type_make(home_, kSdp)) {
    HOTLINE_EXPECT(allow_ && allow_with_refer_ && supported_ && supported_timer_ && sdp_);
  }

  const sip_allow_t* allow() const { return allow_; }
  const sip_allow_t* allow_with_refer() const { return allow_with_refer_; }
  const sip_supported_t* supported() const { return supported_; }
  const sip_supported_t* supported_timer() const { return supported_timer_; }
  // Of a body; none where there is no body.
  const sip_content_type_t* type_of(const call::Media& media) const {
    return media.empty() ? nullptr : sdp_;
  }
  // Where we are reached on a socket of ours; lives as long as this.
  const sip_contact_t* contact(const Local& local) {
    const sip_contact_t* contact = sip_contact_make(home_, local.contact.c_str());
    HOTLINE_EXPECT(contact != nullptr);
    return contact;
  }

 private:
  Home home_;
  const sip_allow_t* allow_;
  const sip_allow_t* allow_with_refer_;
  const sip_supported_t* supported_;
  const sip_supported_t* supported_timer_;
  const sip_content_type_t* sdp_;
};

}  // namespace hotline::sip
