// A phone's leg: an INVITE to it, through one gateway of its trunk after another until one of them
// takes it, and what becomes of it.
//
//   the switchboard               us                                     phone
//     RingPhone ────────────────► │ INVITE ────────────────────────────────► │
//     ◄──────────────── PhoneRang │ ◄──────────────────────────── 180 Ringing │
//                                 │ PRACK ──────────────────────────────────► │ (if it was
//                                 reliable)
//     ◄──────────── PhoneAnswered │ ◄───────────────────────────────── 200 OK │
//     ConfirmPhone ─────────────► │ ACK ────────────────────────────────────► │
//     (or CancelPhone ──────────► │ CANCEL ─────────────────────────────────► │
//     ◄──────────────PhoneFailed  │ ◄──────────────────── 487 (or 200: ACK, BYE)
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hotline/call/action.h"

#include "sip/leg.h"

namespace hotline::sip {

// One way to a phone: an IP literal as a URI, and whose gateway it is.
struct Target {
  GatewayId gateway = GatewayId::none;
  std::string uri;
};

// How a phone is reached.
struct Way {
  std::vector<Target> targets;  // through each gateway, in order; empty: there is none
  bool asserted = false;        // the trunk believes our word about the caller
  number::Format format = number::Format::as_written;
  std::string trunk;  // empty: an address of its own
};

class PhoneLeg final : public Leg {
 public:
  // Requires: the way has a target.
  PhoneLeg(Agent& agent, const call::RingPhone& wish, const Local& local, Way way);
  // A leg of a former process, whose answer was confirmed. Null: the text is none of ours.
  static std::unique_ptr<PhoneLeg> revive(Agent& agent, LegId id, const Dialog& dialog);
  ~PhoneLeg() override;

  void ring();
  // `answer`: to the phone's offer, where it was to make one.
  void confirm(const call::Media& answer);
  void cancel(bool elsewhere);

  bool waits_for(GatewayId gateway) const override;
  void move_on() override;

 private:
  PhoneLeg(Agent& agent, LegId id, const Local& local) : Leg(agent, id, local) {}

  // An early dialog behind the phone, known by its tag.
  struct Fork {
    std::string tag;
    std::uint32_t last = 0;  // of its reliable answers
    call::Media answer;      // which one of them gave
  };

  // What is only of interest until the phone's answer is confirmed.
  struct Calling {
    call::RingPhone wish;
    std::vector<Target> targets;
    bool asserted = false;
    std::size_t next = 0;
    GatewayId gateway = GatewayId::none;  // the one being tried
    std::optional<Timer> timer;           // silence, then patience after a CANCEL
    bool heard = false;                   // this gateway said something
    bool rang = false;
    bool plays = false;           // it has said what is to be heard before it answers
    bool offer_wanted = false;    // the phone is to make the offer
    bool asked_reliably = false;  // its provisional answers may be reliable
    std::vector<Fork> forks;
    Seconds interval{0};  // what we ask for between signs of life
    SessionTerms terms;
    call::Media owed;  // the phone's offer, until it has an answer
    bool cancelling = false;
    bool elsewhere = false;
    Instant answered_at{};
  };

  bool settle(const std::string& reason) override;
  void peer_left() override;
  bool owns_call_id() const override { return true; }
  bool may_transfer() const override { return true; }

  void try_next();
  const std::string& tried() const;  // the target that was asked last
  // `proof`: a header line for a gateway that asked who we are.
  void send_invite(const std::string& target, const std::string& proof);
  std::string from_header() const;
  std::string privacy_headers() const;
  void on_silence();
  void on_provisional(int status, const sip_t& sip);
  bool take_reliable(const sip_t& sip);
  void follow_fork(const char* tag);
  Fork* fork_of(const char* tag);
  void on_answered(const sip_t& sip);
  void accept_answer(const sip_t& sip, call::Media media);
  bool confirm_answer(const call::Media& answer);
  bool ask_for_longer(const sip_t& sip);
  void send_prack(const std::string& rack, const std::string& proof);
  void on_refused(int status, const sip_t* sip);
  static int on_response(Leg* self, nta_outgoing_t* invite, const sip_t* sip) noexcept;
  static int on_pracked(Leg* self, nta_outgoing_t* prack, const sip_t* sip) noexcept;

  // Is there another way? Leaves out those that went down since this call began.
  bool has_next();
  void send_cancel();
  // Confirms an answer nobody wants and hangs up.
  void dismiss();
  void fail(call::Failure how, int status);
  void give_up_invite();
  void release_invite();

  nta_outgoing_t* invite_ = nullptr;
  nta_outgoing_t* prack_ = nullptr;   // the last one
  std::unique_ptr<Calling> calling_;  // until the answer is confirmed
};

}  // namespace hotline::sip
