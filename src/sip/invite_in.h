// The caller's leg: an INVITE from a trunk, from its 100 Trying to our final answer.
//
//   trunk                          us                                   the switchboard
//     │ INVITE ───────────────────► │ 100 · checks · dialog ── CallOffered ────►
//     │ ◄───────── 180 or 183 + SDP │ ◄──────────────────────── TellRinging
//     │ PRACK ────────────────────► │ (where the 18x was sent reliably)
//     │ ◄─────────────────── 200 OK │ ◄─────────────────────── AnswerCaller
//     │ ACK ──────────────────────► │ ──────────────────── CallerConfirmed ────►
//     │ (or CANCEL ───────────────► │ 200, 487 ─────────── CallerCancelled ────►)
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "hotline/base/cause.h"

#include "sip/leg.h"

namespace hotline::sip {

class CallerLeg final : public Leg {
 public:
  // Takes the INVITE; says 100 Trying at once.
  CallerLeg(Agent& agent, LegId id, const Local& local, msg_t* message, const sip_t& sip);
  // A leg of a former process, which was answered with `said`. Where it is not known to have
  // confirmed that, answer() has to say it once more.
  // Null: the text is none of ours, or the answer cannot be said again.
  static std::unique_ptr<CallerLeg> revive(Agent& agent, LegId id, const Dialog& dialog,
                                           const call::Media& said, bool is_confirmed);
  ~CallerLeg() override;

  // `early`: what a phone plays meanwhile. Passed on once: to a caller with one To tag the first
  // description is the answer to its offer (RFC 3261 §13.2.1).
  void tell_ringing(const call::Media& early);
  void answer(const call::Media& media);
  void refuse(Cause cause);

  // What a restart needs: the dialog, and as much of the INVITE as an answer to it takes.
  std::string dialog_text(const sip_t& sip) const;

 private:
  CallerLeg(Agent& agent, LegId id, const Local& local) : Leg(agent, id, local) {}

  // What is only of interest until the caller has confirmed the answer.
  struct Waiting {
    int said_status = 0;                    // the last provisional answer
    call::Media early;                      // the description it was given before the answer
    bool early_is_sure = false;             // and has confirmed
    call::Media correction;                 // what replaces that after the ACK
    nta_reliable_t* unconfirmed = nullptr;  // a provisional answer that waits for its PRACK
    std::optional<std::pair<int, call::Media>> next;  // waits for that, too
    std::optional<call::Media> answer;                // and so does this
    std::optional<Timer> repeat;  // of what was confirmed, which keeps proxies from giving up
  };

  bool settle(const std::string& reason) override;
  void peer_left() override;
  bool owns_call_id() const override { return false; }

  void say_provisional(int status, const call::Media& media);
  void say_answer(const call::Media& media);
  void on_confirmed_provisional();
  void on_ack(const sip_t& sip);
  void on_no_ack();
  void on_silence();
  void on_cancel();
  void lose_answer();
  void say_final(int status, const std::string& reason, bool retry_later);
  static int on_settled(Leg* self, nta_incoming_t* invite, const sip_t* sip) noexcept;
  static int on_prack(Leg* self, nta_reliable_t* provisional, nta_incoming_t* prack,
                      const sip_t* sip) noexcept;

  nta_incoming_t* invite_ = nullptr;  // until its ACK
  bool offer_wanted_ = false;         // the INVITE had none: ours is in the 200
  bool must_confirm_ = false;         // it requires provisional answers to be reliable …
  bool may_confirm_ = false;          // … or supports it
  SessionTerms terms_;

  std::unique_ptr<Waiting> waiting_ = std::make_unique<Waiting>();  // until the ACK
  std::optional<std::string> bye_waits_;  // hung up before the ACK: the BYE's reason
};

}  // namespace hotline::sip
