// A leg: one party's dialog with us, from its INVITE to the last answered BYE. What both kinds of
// leg do alike is here; how a caller's leg and a phone's leg begin is in invite_in and invite_out.
//
//   early ──► answered ──► up ──► ended          caller: 200 sent, ACK came
//     └──────────┴─────────┴──────►              phone:  200 came, ACK sent
//
// An ended leg tells nothing more; it stays until its own BYE is answered.
// Thread: the loop's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hotline/base/cause.h"
#include "hotline/base/ids.h"
#include "hotline/call/event.h"

#include "sip/agent.h"
#include "sip/dialog.h"
#include "sip/session_timer.h"

namespace hotline::sip {

class Leg {
 public:
  enum class Stage { early, answered, up, ended };

  Leg(Agent& agent, LegId id, const Local& local);
  virtual ~Leg();
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;
  static void* operator new(std::size_t size);
  static void operator delete(void* leg);

  LegId id() const { return id_; }
  // That trunk may ask this leg's requests who we are.
  void trust(const std::string& trunk) { trunk_ = trunk; }

  // Is it waiting for a first word from that gateway? If so, it goes on to the next one.
  virtual bool waits_for(GatewayId) const { return false; }
  virtual void move_on() {}

  // What the core asks of an answered leg; ignored where the leg is past it.
  void hang_up(Cause cause);
  void offer_media(const call::Media& offer);
  void withdraw_media();
  void accept_media(const call::Media& answer);
  void reject_media(int status);
  void confirm_media(const call::Media& answer);
  // The other side's key, said by a message. Keys go one after the other; of a flood some are lost.
  void pass_key(char key);
  // How far the transfer is that this leg's side has asked for; 200 and above: it is over.
  void tell_transfer(int status);

  // Asks the other side, so long from now, whether it is still there: LegProbed says what came of
  // it.
  void probe_after(Milliseconds delay);

 protected:
  // May a BYE be sent now? Does what has to be done first; false: the BYE follows later.
  virtual bool settle(const std::string& reason) = 0;
  // A BYE came before the leg was up: leaves nothing open.
  virtual void peer_left() = 0;
  // Which side made the Call-ID: the one that waits longer after glare (RFC 3261 §14.1).
  virtual bool owns_call_id() const = 0;
  // May this side pass the call on (REFER)?
  virtual bool may_transfer() const { return false; }

  // The dialog's end of sofia: requests of the peer inside it come to this leg.
  // `local_cseq`: the last number this side used; 0: none yet.
  nta_leg_t* make_dialog(const sip_call_id_t* call_id, const sip_from_t* local,
                         const sip_to_t* remote, std::uint32_t remote_cseq,
                         std::uint32_t local_cseq = 0);
  // Where the peer is from now on. `carrier`: the message that says so.
  // Requires: contact and route are sane.
  void follow(const msg_t* carrier, const sip_record_route_t* route, const sip_contact_t* contact,
              bool client);
  // The same, by a later message (RFC 3261 §12.2: a target refresh): tells it if that is elsewhere.
  void refresh_target(const msg_t* carrier, const sip_contact_t* contact, bool client);
  // The dialog of a former process goes on (recover.cpp). `said`: of media, last; empty: not known.
  // False: its text is none of ours.
  bool take_up(const Dialog& dialog, const call::Media& said);
  void learn(const Address& address);
  Dialog describe() const;
  Dialog describe_target() const;  // target and next hop alone

  url_string_t* next_hop() const;
  // `answer`: to an offer in what is confirmed; empty: there was none.
  void send_ack(nta_outgoing_t* invite, const call::Media& answer = {});
  void send_bye(const std::string& reason);
  // The proof with which a refused request may be sent once more (digest.h); empty: it may not.
  std::string prove(nta_outgoing_t* request, const sip_t* answer);
  // The leg tells nothing more; buried as soon as it waits for nothing.
  void end();

  // Keeps what a message of the peer says it can do, and what we said of media last, as far as
  // later requests need it.
  void note_abilities(const sip_t& sip);
  void remember(const call::Media& said);
  // The session runs by these terms from now.
  void start_session(SessionTerms terms);
  // What this side may ask of us.
  const sip_allow_t* allow() const;
  // A change of our own, which nobody waits for: what the peer was told of media when it was
  // answered holds no longer.
  void correct_media(const call::Media& offer);

  Agent& agent_;
  const LegId id_;
  const Local* local_;  // our socket towards this party
  std::string trunk_;   // that may ask us who we are; empty: nobody may
  Stage stage_ = Stage::early;
  nta_leg_t* dialog_ = nullptr;

 private:
  // The peer's re-INVITE until its ACK, or its UPDATE with an offer until our answer.
  struct ChangeIn {
    nta_incoming_t* request = nullptr;
    bool update = false;
    bool offer_wanted = false;  // it came without one: our answer is the offer
    bool answered = false;
    bool withdrawn = false;  // the peer's CANCEL came, and travels on to the other side
    SessionTerms terms;
  };
  // Ours, until it is confirmed.
  struct ChangeOut {
    enum class Why { carried, refresh, correction };
    Why why = Why::carried;
    call::Media offer;  // empty: the peer shall offer
    int tries = 0;
    nta_outgoing_t* request = nullptr;  // null while it waits for its next try
    call::Media owed;                   // the peer's offer, until it has an answer
    bool withdrawn = false;             // cancelled, and not tried again
    std::optional<Timer> timer;         // to the next try, or the patience after a CANCEL
  };

  // The peer's REFER: until what came of it is told, and after that for the next one's sake.
  struct Transfer {
    std::string event;  // of the NOTIFYs; the first REFER needs no number
    bool silent = false;
    int status = 0;                    // what was told last
    nta_outgoing_t* notify = nullptr;  // the last one, until it is answered

    bool is_over() const { return status >= 200; }
  };

  // Keys that this side is to be told.
  struct KeysOut {
    std::string waiting;             // the first one is under way
    nta_outgoing_t* info = nullptr;  // … by this

    ~KeysOut() {
      if (info != nullptr) nta_outgoing_destroy(info);
    }
  };

  // Is the peer still there?
  struct Probing {
    std::optional<Timer> wait;  // until it is asked
    nta_outgoing_t* request = nullptr;

    ~Probing() {
      if (request != nullptr) nta_outgoing_destroy(request);
    }
  };

  // Where the peer was before a restart; the route in the order our requests travel.
  void resume(const sip_record_route_t* route, const sip_contact_t* target, const std::string& hop);
  void send_probe();

  int on_bye(nta_incoming_t* request, const sip_t& sip);
  int on_reinvite(nta_incoming_t* request, const sip_t& sip);
  int on_update(nta_incoming_t* request, const sip_t& sip);
  int on_info(nta_incoming_t* request, const sip_t& sip);
  int on_refer(nta_incoming_t* request, const sip_t& sip);
  int refuse(nta_incoming_t* request, int status);
  // What stands against a re-INVITE or UPDATE now; 0: nothing.
  int obstacle_to_change(const SessionWish& wish);
  void take_change(nta_incoming_t* request, const sip_t& sip, const SessionWish& wish,
                   call::Media offer);
  void drop_changes();
  void finish_change_in();
  void lose_peer();
  void repeat_bye(const std::string& proof);

  void begin_change(ChangeOut::Why why, call::Media offer);
  // `proof`: a header line for a trunk that asked who we are.
  void send_change(const std::string& proof = {});
  void try_again_later();
  void on_change_final(int status, const sip_t* sip);
  void on_change_accepted(const sip_t& sip);
  void on_change_refused(int status);
  void finish_change_out();

  int refuse_transfer(nta_incoming_t* request, int status, const char* why);
  // `proof`: a header line for a trunk that asked who we are.
  void send_notify(const std::string& proof = {});
  void drop_transfer();

  // `proof`: as for send_notify().
  void send_key(const std::string& proof = {});

  void on_session_due();
  void refresh();
  Seconds usual_interval() const;

  static int on_request(Leg* self, nta_leg_t* dialog, nta_incoming_t* request,
                        const sip_t* sip) noexcept;
  static int on_bye_answered(Leg* self, nta_outgoing_t* bye, const sip_t* sip) noexcept;
  static int on_change_answered(Leg* self, nta_outgoing_t* change, const sip_t* sip) noexcept;
  static int on_notify_answered(Leg* self, nta_outgoing_t* notify, const sip_t* sip) noexcept;
  static int on_key_answered(Leg* self, nta_outgoing_t* info, const sip_t* sip) noexcept;
  static int on_probe_answered(Leg* self, nta_outgoing_t* probe, const sip_t* sip) noexcept;
  static int on_change_settled(Leg* self, nta_incoming_t* change, const sip_t* sip) noexcept;

  std::string next_hop_;  // overrides where sofia would send; empty: it knows
  std::vector<Address> learned_;
  int proofs_ = 0;
  nta_outgoing_t* bye_ = nullptr;
  std::optional<ChangeIn> change_in_;
  std::unique_ptr<ChangeOut> change_out_;  // most legs never have one
  std::unique_ptr<Transfer> transfer_;     // nor this
  std::unique_ptr<KeysOut> keys_out_;      // nor this
  std::unique_ptr<Probing> probing_;       // only who has outlived a process of ours

  bool takes_update_ = false;  // the peer allows UPDATE
  call::Media said_;           // of media; kept only where a refresh has to repeat it
  SessionTerms session_;
  Instant expires_{};
  std::optional<Timer> session_timer_;
};

// Answers an OPTIONS inside a dialog.
void answer_options(Agent& agent, const sip_allow_t* allow, nta_incoming_t* request);

}  // namespace hotline::sip
