// What the core asks of signalling. Every request is asynchronous: results come back as
// call::Events, never from inside one of these calls.
//
// The life of a leg. A phone's leg begins with RingPhone and ends in exactly one of
//   PhoneFailed                          it never answered (also after CancelPhone), or
//   PhoneAnswered … then HungUp from it, or a HangUp sent to it.
// An answer that crosses a CancelPhone is confirmed and hung up by signalling itself and reported
// as PhoneFailed{cancelled}. A caller's leg begins with CallOffered and ends in RefuseCaller,
// CallerCancelled (signalling has answered the request by then), CallerLost, HungUp or HangUp.
// Who is offered a call, or a change of media, with no description is to describe first: its
// answer then is an offer, and the answer to that travels with the confirmation.
// Requests about a leg that has ended meanwhile are ignored: messages cross.
// Thread: the call thread only.
#pragma once

#include "hotline/call/action.h"

namespace hotline::ports {

class Signalling {
 public:
  virtual ~Signalling() = default;

  virtual void perform(const call::RingPhone&) = 0;
  virtual void perform(const call::CancelPhone&) = 0;
  virtual void perform(const call::ConfirmPhone&) = 0;
  virtual void perform(const call::TellRinging&) = 0;
  virtual void perform(const call::AnswerCaller&) = 0;
  virtual void perform(const call::RefuseCaller&) = 0;
  virtual void perform(const call::HangUp&) = 0;
  virtual void perform(const call::OfferMedia&) = 0;
  virtual void perform(const call::WithdrawMedia&) = 0;
  virtual void perform(const call::AcceptMedia&) = 0;
  virtual void perform(const call::RejectMedia&) = 0;
  virtual void perform(const call::ConfirmMedia&) = 0;
  virtual void perform(const call::PassKey&) = 0;
  virtual void perform(const call::TellTransfer&) = 0;
};

}  // namespace hotline::ports
