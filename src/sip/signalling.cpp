#include "sip/signalling.h"

#include <variant>

#include "sip/invite_in.h"
#include "sip/invite_out.h"
#include "sip/recover.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr CallRef kRecovered{0};  // no live call has this reference
constexpr std::uint32_t kProbesPerMs = 2;

CallerLeg* caller_leg(Agent& agent, CallRef call) {
  return static_cast<CallerLeg*>(agent.find(LegId::caller(call)));
}

PhoneLeg* phone_leg(Agent& agent, LegId id) {
  return id.is_caller() ? nullptr : static_cast<PhoneLeg*>(agent.find(id));
}

// The ways there are to a phone at the moment, and how its trunk wants to hear of the call.
Way way_to(Agent& agent, const routing::PhoneAddress& address) {
  Way way;
  if (const auto* at = std::get_if<routing::PhoneUri>(&address)) {
    if (host_of(at->uri)) way.targets.push_back({GatewayId::none, at->uri});
    return way;
  }
  if (const auto* phone = std::get_if<routing::PhoneUser>(&address)) {
    const std::string place = agent.place_of(phone->user);
    if (!place.empty()) way.targets.push_back({GatewayId::none, place});
    return way;
  }
  const auto& behind = std::get<routing::TrunkNumber>(address);
  const routing::Trunk* trunk = agent.trunk(behind.trunk);
  if (trunk == nullptr) return way;
  way.trunk = trunk->name;
  way.asserted = trunk->trusted;
  way.format = trunk->number_format;
  const std::string number =
      trunk->number_prefix + number::written_as(behind.number, trunk->number_format);
  for (const GatewayId id : agent.gateways().choose(trunk->name)) {
    way.targets.push_back({id, uri_at(*agent.gateways().endpoint(id), number)});
  }
  return way;
}

}  // namespace

tl::expected<std::unique_ptr<Signalling>, std::string> Signalling::open(Loop& loop,
                                                                        Settings settings,
                                                                        Sink sink) {
  auto agent = Agent::open(loop, std::move(settings), std::move(sink));
  if (!agent) return tl::unexpected(agent.error());
  return std::unique_ptr<Signalling>(new Signalling(std::move(*agent)));
}

bool Signalling::end_recovered(const std::string& text, Recovered stage) {
  const auto dialog = Dialog::parse(text);
  if (!dialog) return false;
  if (stage == Recovered::ringing) {
    refuse_recovered(*agent_, *dialog);
    return true;
  }
  // Whoever it was: a leg that is hung up needs no side.
  auto leg = PhoneLeg::revive(*agent_, LegId{kRecovered, ++recovered_}, *dialog);
  if (!leg) return false;
  PhoneLeg& recovered = *leg;
  agent_->add(std::move(leg));
  recovered.hang_up(Cause::crash);
  return true;
}

bool Signalling::adopt(CallRef call, const Adopted& adopted) {
  const auto caller_dialog = Dialog::parse(adopted.caller_dialog);
  if (!caller_dialog) return false;
  auto caller = CallerLeg::revive(*agent_, LegId::caller(call), *caller_dialog, adopted.to_caller,
                                  adopted.is_confirmed);
  if (!caller) return false;
  // Thousands at once would keep new callers waiting.
  const Milliseconds turn{adopted_++ / kProbesPerMs};
  if (!adopted.phone_dialog.empty() && !adopt_phone(LegId{call, 1}, adopted, turn)) return false;
  CallerLeg& revived = *caller;
  if (adopted.is_confirmed) caller->probe_after(turn);
  agent_->add(std::move(caller));
  if (!adopted.is_confirmed) revived.answer(adopted.to_caller);
  return true;
}

bool Signalling::adopt_phone(LegId id, const Adopted& adopted, Milliseconds turn) {
  auto dialog = Dialog::parse(adopted.phone_dialog);
  if (!dialog) return false;
  if (!adopted.to_phone.empty()) dialog->said = adopted.to_phone.body;
  auto phone = PhoneLeg::revive(*agent_, id, *dialog);
  if (!phone) return false;
  phone->probe_after(turn);
  agent_->add(std::move(phone));
  return true;
}

void Signalling::perform(const call::RingPhone& wish) {
  Way way = way_to(*agent_, wish.address);
  if (way.targets.empty()) {
    constexpr int kUnavailable = 480;
    const bool is_absent = std::holds_alternative<routing::PhoneUser>(wish.address);
    agent_->tell(is_absent ? call::PhoneFailed{wish.leg, call::Failure::no_answer, kUnavailable}
                           : call::PhoneFailed{wish.leg, call::Failure::failed, 0});
    return;
  }
  const Local& local = agent_->local_for(way.targets.front().uri);
  auto leg = std::make_unique<PhoneLeg>(*agent_, wish, local, std::move(way));
  PhoneLeg& phone = *leg;
  agent_->add(std::move(leg));
  phone.ring();
}

void Signalling::perform(const call::CancelPhone& wish) {
  if (PhoneLeg* leg = phone_leg(*agent_, wish.leg)) leg->cancel(wish.elsewhere);
}

void Signalling::perform(const call::ConfirmPhone& wish) {
  if (PhoneLeg* leg = phone_leg(*agent_, wish.leg)) leg->confirm(wish.answer);
}

void Signalling::perform(const call::TellRinging& wish) {
  if (CallerLeg* leg = caller_leg(*agent_, wish.call)) leg->tell_ringing(wish.early);
}

void Signalling::perform(const call::AnswerCaller& wish) {
  if (CallerLeg* leg = caller_leg(*agent_, wish.call)) leg->answer(wish.answer);
}

void Signalling::perform(const call::RefuseCaller& wish) {
  if (CallerLeg* leg = caller_leg(*agent_, wish.call)) leg->refuse(wish.cause);
}

void Signalling::perform(const call::HangUp& wish) {
  if (Leg* leg = agent_->find(wish.leg)) leg->hang_up(wish.cause);
}

void Signalling::perform(const call::OfferMedia& wish) {
  if (Leg* leg = agent_->find(wish.leg)) leg->offer_media(wish.offer);
}

void Signalling::perform(const call::WithdrawMedia& wish) {
  if (Leg* leg = agent_->find(wish.leg)) leg->withdraw_media();
}

void Signalling::perform(const call::AcceptMedia& wish) {
  if (Leg* leg = agent_->find(wish.leg)) leg->accept_media(wish.answer);
}

void Signalling::perform(const call::RejectMedia& wish) {
  if (Leg* leg = agent_->find(wish.leg)) leg->reject_media(wish.status);
}

void Signalling::perform(const call::ConfirmMedia& wish) {
  if (Leg* leg = agent_->find(wish.leg)) leg->confirm_media(wish.answer);
}

void Signalling::perform(const call::PassKey& wish) {
  if (Leg* leg = agent_->find(wish.leg)) leg->pass_key(wish.key);
}

void Signalling::perform(const call::TellTransfer& wish) {
  if (Leg* leg = agent_->find(wish.leg)) leg->tell_transfer(wish.status);
}

}  // namespace hotline::sip
