// Transferring: a phone has passed its caller on to another phone, which rings. The meter runs on,
// and the caller hears music meanwhile. The phone may hang up at once, and most do.
//
//   caller          call            phone           another
//     │               │◄── transfer ───┤               │
//     │◄── music ─────┼── ring ───────────────────────►│
//     │               │◄── answered ───────────────────┤ → Talking, with the other
//     │               ├── told, hang up ──►│           │
//     │               │◄── failed ─────────────────────┤ → Talking, as before
//
#include <algorithm>

#include "call/handlers.h"

namespace hotline::call {
namespace {

using cdr::AttemptResult;

constexpr int kRinging = 180;
constexpr int kDone = 200;
constexpr int kNotFound = 404;
constexpr int kUnavailable = 480;
constexpr int kBusy = 486;
constexpr int kNoCodec = 488;
constexpr int kDeclined = 603;

// What is behind a number is not known, so it takes any number of calls.
constexpr std::uint32_t kOutsideLines = 100'000;
constexpr Seconds kOutsideRing{60};

// The number behind a trunk, the user that registers, or who is meant by "sip:li@127.0.0.9:5070".
std::string_view number_of(const routing::PhoneAddress& address) {
  std::string_view uri = routing::name_of(address);
  if (!std::holds_alternative<routing::PhoneUri>(address)) return uri;
  uri.remove_prefix(std::min(uri.find(':') + 1, uri.size()));
  const std::size_t at = uri.find('@');
  return at == uri.npos ? std::string_view() : uri.substr(0, at);
}

bool can_be_dialled(std::string_view number) {
  if (number.starts_with('+')) number.remove_prefix(1);
  constexpr std::size_t least = 3;
  constexpr std::size_t most = 20;
  return number.size() >= least && number.size() <= most &&
         number.find_first_not_of("0123456789") == number.npos;
}

// Who is rung by that choice in a menu; null: nobody alone.
const routing::Phone* extension(const routing::Hotline& hotline, const std::string& keys) {
  for (const auto& menu : hotline.menus) {
    for (const routing::Option& option : menu->options) {
      const auto* to = std::get_if<const routing::Group*>(&option.to);
      if (option.keys == keys && !option.repeats && to != nullptr && (*to)->phones.size() == 1) {
        return (*to)->phones.front().phone;
      }
    }
  }
  return nullptr;
}

}  // namespace

void Handlers::decline_transfer(LegId phone, int status) {
  actions.push_back(TellTransfer{phone, status});
}

void Handlers::when(Talking& talking, const TransferAsked& event) {
  lives(event.leg);
  const routing::Transfers& may = call.hotline_->transfers;
  if (event.leg.number != talking.leg || !may.to_phones) {
    return decline_transfer(event.leg, kDeclined);
  }
  if (!call.shown_) return decline_transfer(event.leg, kNoCodec);
  const routing::Phone* phone = whom_to_ring(event.target);
  if (phone == nullptr) return decline_transfer(event.leg, kNotFound);
  if (phone == talking.phone) return decline_transfer(event.leg, kBusy);
  if (phone->schedule && !schedule::at(*phone->schedule, now.wall).open) {
    return decline_transfer(event.leg, kUnavailable);
  }
  pass_on(talking, *phone);
}

// A phone of the hotline by its name, its number, or its extension in a menu; else, where that is
// allowed, any number.
const routing::Phone* Handlers::whom_to_ring(const std::string& target) {
  for (const auto& phone : call.hotline_->phones) {
    if (phone->name == target || number_of(phone->address) == target) return phone.get();
  }
  if (const routing::Phone* phone = extension(*call.hotline_, target)) return phone;
  const bool outside = !call.hotline_->transfers.trunk.empty() && can_be_dialled(target);
  return outside ? outside_phone(target) : nullptr;
}

const routing::Phone* Handlers::outside_phone(const std::string& number) {
  const std::string& trunk = call.hotline_->transfers.trunk;
  auto phone = std::make_unique<routing::Phone>();
  phone->name = "number:" + trunk + "/" + number;
  phone->key = routing::key_of(call.hotline_->number, phone->name);
  phone->address = routing::TrunkNumber{trunk, number};
  phone->line_key = trunk + "/" + number;
  phone->lines = kOutsideLines;
  phone->ring = kOutsideRing;
  return call.outside_phones_.emplace_back(std::move(phone)).get();
}

void Handlers::pass_on(const Talking& talking, const routing::Phone& phone) {
  Ringing to = ring(phone, *call.shown_, {});
  const std::string& music = routing::hold_music_of(*call.hotline_);
  if (!music.empty()) actions.push_back(PlayToCaller{call.ref_, {}, music});
  state() = Transferring{talking, std::move(to)};
}

void Handlers::when(Transferring& transferring, const PhoneRang& event) {
  if (event.leg.number != transferring.to.leg || transferring.is_left) return;
  actions.push_back(TellTransfer{leg(transferring.talk.leg), kRinging});
}

void Handlers::when(Transferring& transferring, const PhoneAnswered& event) {
  if (event.leg.number != transferring.to.leg) return turn_away(event.leg);
  if (has_to_confirm(transferring.to)) return ask_to_confirm(transferring.to, event);
  actions.push_back(ConfirmPhone{event.leg, {}});
  connect(transferring, event);
}

void Handlers::when(Transferring& transferring, const KeyPressed& event) {
  constexpr char kTakesTheCall = '1';
  const Ringing& to = transferring.to;
  if (event.leg.number != to.leg || !to.answered || event.key != kTakesTheCall) return;
  const auto answered = to.answered;
  connect(transferring, *answered);
}

// Who answered the caller first stays so in the record; the attempts say who else did. A restart
// has to find the leg of the last.
void Handlers::connect(Transferring& transferring, const PhoneAnswered& answered) {
  const Ringing to = transferring.to;
  note_attempt(to, AttemptResult::answered, kDone);
  journal_answer(to, answered);
  actions.push_back(BridgePhone{answered.leg});
  if (!transferring.is_left) {
    const LegId first = leg(transferring.talk.leg);
    actions.push_back(TellTransfer{first, kDone});
    actions.push_back(HangUp{first, Cause::hung_up});
  }
  state() = Talking{to.leg, to.phone};
}

void Handlers::when(Transferring& transferring, const PhoneFailed& event) {
  if (event.leg.number != transferring.to.leg) return;  // an earlier one's end
  note_attempt(transferring.to, result_of(event.how), event.status);
  const bool busy = event.how == Failure::busy || event.how == Failure::at_capacity;
  not_passed_on(transferring, busy ? kBusy : kUnavailable,
                busy ? Cause::all_busy : Cause::no_answer);
}

void Handlers::not_passed_on(Transferring& transferring, int status, Cause cause) {
  if (transferring.is_left) return give_up(cause);
  if (!routing::hold_music_of(*call.hotline_).empty()) {
    actions.push_back(PlayToCaller{call.ref_, {}});
  }
  actions.push_back(TellTransfer{leg(transferring.talk.leg), status});
  const Talking talking = transferring.talk;
  state() = talking;
}

void Handlers::when(Transferring& transferring, const HungUp& event) {
  if (event.leg.is_caller()) return caller_hung_up(event);
  if (event.leg.number == transferring.talk.leg) {
    transferring.is_left = true;
  } else if (event.leg.number == transferring.to.leg) {
    note_attempt(transferring.to, AttemptResult::not_accepted, kDone);
    not_passed_on(transferring, kUnavailable, Cause::no_answer);
  }
}

void Handlers::when(Transferring& transferring, const SessionExpired& event) {
  if (event.leg.is_caller()) return end_all(cdr::Party::caller, Cause::session_expired);
  if (event.leg.number != transferring.talk.leg || transferring.is_left) return;
  actions.push_back(HangUp{event.leg, Cause::session_expired});
  transferring.is_left = true;
}

void Handlers::when(Transferring&, const MediaOffered& event) { offered_while_alone(event); }

// One at a time: signalling says so to the phone that asked.
void Handlers::when(Transferring& transferring, const TransferAsked& event) {
  if (event.leg.number != transferring.talk.leg) decline_transfer(event.leg, kDeclined);
}

void Handlers::when(Transferring& transferring, const TimePassed&) {
  if (time_is_up() || now.mono < transferring.to.gives_up) return;
  const Ringing& to = transferring.to;
  stop(to, false);
  note_attempt(to, to.answered ? AttemptResult::not_accepted : AttemptResult::no_answer,
               to.answered ? kDone : 0);
  not_passed_on(transferring, kUnavailable, Cause::no_answer);
}

}  // namespace hotline::call
