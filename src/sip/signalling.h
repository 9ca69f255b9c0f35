// The port of the core, on SIP: hands each wish to its leg.
// Thread: the loop's, except where noted.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "hotline/ports/signalling.h"
#include "hotline/routing/snapshot.h"

#include "sip/agent.h"

namespace hotline::sip {

// How far a call was when its server died.
enum class Recovered { ringing, answered };

// An answered call of a former process, as its journal has it.
struct Adopted {
  std::string caller_dialog;
  std::string phone_dialog;   // empty: no phone had answered
  call::Media to_caller;      // what it was told of media, in the answer or since
  call::Media to_phone;       // empty: what its dialog says
  bool is_confirmed = false;  // by the caller, as far as is known
};

class Signalling final : public ports::Signalling {
 public:
  using Sink = Agent::Sink;

  // Takes the addresses and begins to listen; knows nobody until use(). Events come through
  // `sink` from the loop's own turn, never from inside a request; the sink may ask at once.
  //
  // A CallOffered's caller is as signalling knows it: `raw` is what the carrier sent, and the
  // kind is withheld where the caller must not be shown (raw is then for the record only), or
  // unknown where the number has still to be read.
  // Errors: one sentence naming the address that could not be taken.
  static tl::expected<std::unique_ptr<Signalling>, std::string> open(Loop& loop, Settings settings,
                                                                     Sink sink);

  // The trunks and phones of this configuration count from now on. Live legs keep their peers.
  void use(std::shared_ptr<const routing::Snapshot> snapshot) { agent_->use(std::move(snapshot)); }

  // A name of a gateway stands for these IP literals from now on; at least one.
  void know(const std::string& name, std::vector<std::string> addresses) {
    agent_->know(name, std::move(addresses));
  }

  // Ends a leg that a former process left behind, from the `dialog` of its CallOffered or
  // PhoneAnswered: BYE to an answered one, 503 to a caller that was ringing. A phone that was
  // ringing cannot be told: only the process that sent its INVITE can cancel it.
  // Errors: false when the text is none of ours.
  bool end_recovered(const std::string& dialog, Recovered stage);

  // Goes on with an answered call that a former process left behind. Its sides are asked whether
  // they are still there: LegProbed, once for each that does not hang up before; the caller whose
  // answer is said again shows it by its ACK. Its phone's leg gets number 1.
  // Requires: a new call's reference.
  // Errors: false when a text is none of ours, or an answer that nobody may have heard cannot be
  // said again; then there are no legs.
  bool adopt(CallRef call, const Adopted& adopted);
  CallRef new_call() { return agent_->next_call(); }

  // Legs that still wait for something, BYEs of ended calls included.
  std::size_t legs() const { return agent_->counters().legs; }
  Counters counters() const { return agent_->counters(); }
  // Where a phone that registers is: "sip:li@192.0.2.7:5062"; empty: nobody knows.
  std::string place_of(const std::string& user) const { return agent_->place_of(user); }
  // As a former process knew it.
  void restore_place(const std::string& user, const Place& place) {
    agent_->restore_place(user, place);
  }
  // Settings::on_turned_away, for what it was not told of yet.
  void tell_turned_away() { agent_->tell_turned_away(); }
  // Each trunk with its gateways, in the order of configuration.
  std::vector<TrunkView> trunks() const {
    return static_cast<const Agent&>(*agent_).gateways().view();
  }

  void perform(const call::RingPhone& wish) override;
  void perform(const call::CancelPhone& wish) override;
  void perform(const call::ConfirmPhone& wish) override;
  void perform(const call::TellRinging& wish) override;
  void perform(const call::AnswerCaller& wish) override;
  void perform(const call::RefuseCaller& wish) override;
  void perform(const call::HangUp& wish) override;
  void perform(const call::OfferMedia& wish) override;
  void perform(const call::WithdrawMedia& wish) override;
  void perform(const call::AcceptMedia& wish) override;
  void perform(const call::RejectMedia& wish) override;
  void perform(const call::ConfirmMedia& wish) override;
  void perform(const call::PassKey& wish) override;
  void perform(const call::TellTransfer& wish) override;

 private:
  explicit Signalling(std::unique_ptr<Agent> agent) : agent_(std::move(agent)) {}
  bool adopt_phone(LegId id, const Adopted& adopted, Milliseconds turn);

  std::unique_ptr<Agent> agent_;
  std::uint32_t recovered_ = 0;
  std::uint32_t adopted_ = 0;
};

}  // namespace hotline::sip
