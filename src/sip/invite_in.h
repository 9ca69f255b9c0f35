// The caller's leg: an INVITE from a trunk, from its 100 Trying to our final answer.
//
//   trunk                          us                                   the switchboard
//     │ INVITE ───────────────────► │ 100 · checks · dialog ── CallOffered ────►
//     │ ◄────────────── 180 Ringing │ ◄──────────────────────── TellRinging
//     │ ◄─────────────────── 200 OK │ ◄─────────────────────── AnswerCaller
//     │ ACK ──────────────────────► │ ──────────────────── CallerConfirmed ────►
//     │ (or CANCEL ───────────────► │ 200, 487 ─────────── CallerCancelled ────►)
#pragma once

#include <optional>
#include <string>

#include "hotline/base/cause.h"

#include "sip/leg.h"

namespace hotline::sip {

class CallerLeg final : public Leg {
 public:
  // Takes the INVITE; says 100 Trying at once.
  CallerLeg(Agent& agent, LegId id, const Local& local, msg_t* message, const sip_t& sip);
  ~CallerLeg() override;

  void tell_ringing();
  void answer(const call::Media& media);
  void refuse(Cause cause);

  // What a restart needs: the dialog, and as much of the INVITE as an answer to it takes.
  std::string dialog_text(const sip_t& sip) const;

 private:
  bool settle(const std::string& reason) override;
  void peer_left() override;

  void on_ack();
  void on_no_ack();
  void on_cancel();
  void say_final(int status, const std::string& reason, bool retry_later);
  static int on_settled(Leg* self, nta_incoming_t* invite, const sip_t* sip) noexcept;

  nta_incoming_t* invite_ = nullptr;  // until its ACK
  std::string tag_;
  bool rings_ = false;
  std::optional<std::string> bye_waits_;  // hung up before the ACK: the BYE's reason
};

}  // namespace hotline::sip
