// Callers and phones, and what they hear: they do what dice say, some of it late and some twice.
#include <utility>

#include "simulation/simulation.h"

namespace hotline::simulation {
namespace {

constexpr int kFullPatience = 300'000;  // ms

call::Media sdp() { return {"application/sdp", "offer"}; }

}  // namespace

void Simulation::offer() {
  const CallRef call{++last_call_};
  ++counts_.calls;
  callers_[call] = {};
  call::CallOffered offered;
  offered.call = call;
  offered.trunk = "carrier";
  offered.dialled = percent(50) ? "4001234567" : "4007654321";
  const std::string number = "+861390000000" + std::to_string(below(8));
  offered.caller = {number::Kind::mobile, number, number};
  offered.playing = percent(85) ? call::Playing::possible : call::Playing::no_codec;
  if (!percent(5)) offered.offer = sdp();
  if (offered.offer.empty()) offered.playing = call::Playing::none;
  switchboard_->on(offered, now());
  behave(call);
}

// Gives up, or hangs up, some time; presses keys meanwhile.
void Simulation::behave(CallRef call) {
  const Milliseconds patience = percent(30) ? between(10, 5'000) : between(5'000, kFullPatience);
  later(patience, [this, call] {
    Caller& caller = callers_[call];
    if (caller.is_over) return;
    caller.is_over = true;
    if (caller.is_answered) {
      switchboard_->on(hang_up(LegId::caller(call)), now());
    } else {
      switchboard_->on(call::CallerCancelled{call}, now());
    }
  });
  press_keys(call);
}

void Simulation::press_keys(CallRef call) {
  later(between(500, 15'000), [this, call] {
    if (callers_[call].is_over) return;
    const call::KeyPressed pressed{LegId::caller(call), "1123459#*0"[below(10)]};
    switchboard_->on(pressed, now());
    if (percent(5)) switchboard_->on(pressed, now());
    press_keys(call);
  });
}

void Simulation::perform(const call::AnswerCaller& wish) {
  ++counts_.answered;
  const auto row = journal_.find(ids_.at(wish.call));
  if (row == journal_.end() || !row->second.unfinished.answer) {
    throw Broken("a caller was answered before that was durable");
  }
  callers_[wish.call].is_answered = true;
  if (percent(4)) {
    later(Milliseconds(32'000), [this, call = wish.call] {
      callers_[call].is_over = true;
      switchboard_->on(call::CallerLost{call}, now());
    });
  } else {
    tell(call::CallerConfirmed{wish.call, sdp()});
  }
  if (percent(10)) tell(call::MediaOffered{LegId::caller(wish.call), sdp()}, 20'000);
  if (percent(3)) tell(call::SessionExpired{LegId::caller(wish.call)}, 90'000);
}

void Simulation::perform(const call::RefuseCaller& wish) { callers_[wish.call].is_over = true; }

void Simulation::perform(const call::HangUp& wish) {
  if (wish.leg.is_caller()) {
    callers_[wish.leg.call].is_over = true;
  } else {
    legs_.erase(wish.leg);
  }
}

void Simulation::perform(const call::PlayToCaller& wish) {
  const std::uint32_t playback = ++callers_[wish.call].playback;
  if (wish.once.empty() && !wish.ahead && !wish.minutes) return;
  later(between(500, 9'000), [this, call = wish.call, playback] {
    if (callers_[call].playback != playback) return;  // another one took its place
    switchboard_->on(call::PlayedOut{LegId::caller(call)}, now());
    if (percent(3)) switchboard_->on(call::PlayedOut{LegId::caller(call)}, now());
  });
}

void Simulation::perform(const call::OfferMedia& wish) {
  tell(percent(80) ? call::Event(call::MediaAccepted{wish.leg, sdp()})
                   : call::Event(call::MediaRejected{wish.leg}));
}

// --- phones -------------------------------------------------------------------------------------

// Both sides of a call whose server died: most are still there, and say so when they are asked;
// some have hung up meanwhile, some never confirmed the answer.
void Simulation::outlive(CallRef call) {
  callers_[call] = {};
  callers_[call].is_answered = true;
  const LegId phone{call, 1};
  bool has_phone = false;
  switchboard_->each_call([&](const call::Call& one) {
    if (one.ref() != call || one.talking_phone() == nullptr) return;
    const routing::Phone& talks = *one.talking_phone();
    legs_[phone] = {talks.line_key, talks.lines, false, true};
    has_phone = true;
  });
  const CallId id = ids_.at(call);
  // Who was gone when the first process died stays so.
  const bool is_gone = most_.contains(id);
  const bool caller_lives = percent(90) && !is_gone;
  const bool phone_lives = !has_phone || percent(90);
  if (!is_gone && (!caller_lives || !phone_lives)) {
    most_.emplace(id, heartbeat_.mono - journal_.at(id).unfinished.answer->at.mono);
  }
  tell(call::LegProbed{LegId::caller(call), caller_lives}, 9'000);
  if (has_phone) tell(call::LegProbed{phone, phone_lives}, 9'000);
  if (percent(10)) tell(call::CallerLost{call}, 9'000);
  if (caller_lives && percent(20)) tell(call::CallerConfirmed{call, {}}, 9'000);
  if (caller_lives) behave(call);
  if (!has_phone) return;
  if (phone_lives) end(phone, hang_up(phone), between(50, 150'000));
  if (phone_lives && percent(40)) pass_on(phone);
}

// One in five waits to be read, some for longer than the call took.
call::HungUp Simulation::hang_up(LegId leg) {
  return {leg, 16, percent(20) ? between(0, 5'000) : Milliseconds(0)};
}

void Simulation::end(LegId leg, call::Event event, Milliseconds in) {
  later(in, [this, leg, event = std::move(event)] {
    if (legs_.erase(leg) > 0) switchboard_->on(event, now());
  });
}

void Simulation::perform(const call::RingPhone& wish) {
  const LegId leg = wish.leg;
  legs_[leg] = {wish.line_key, wish.lines};
  const std::uint64_t dice = below(100);
  if (dice < 8) return end(leg, call::PhoneFailed{leg, call::Failure::silent, 0}, Seconds(4));
  if (dice < 25) {
    return end(leg, call::PhoneFailed{leg, call::Failure::busy, 486}, between(20, 900));
  }
  if (dice < 28) {
    return end(leg, call::PhoneFailed{leg, call::Failure::failed, 500}, between(0, 20));
  }
  tell(call::PhoneRang{leg, {}}, 900);
  if (dice < 32) tell(call::PhoneRang{leg, {}}, 900);
  if (dice < 50) return;  // nobody is there
  later(between(300, 18'000), [this, leg] { answer(leg); });
}

void Simulation::answer(LegId leg) {
  const auto found = legs_.find(leg);
  if (found == legs_.end() || !found->second.rings) return;
  found->second.rings = false;
  switchboard_->on(call::PhoneAnswered{leg, sdp(), "leg", "dialog"}, now());
  if (percent(40))
    later(between(500, 3'000), [this, leg] {
      switchboard_->on(call::KeyPressed{leg, '1'}, now());
    });
  if (percent(40)) pass_on(leg);
  if (percent(70)) end(leg, hang_up(leg), between(50, 150'000));
  if (percent(5)) tell(call::MediaOffered{leg, sdp()}, 30'000);
  if (percent(3)) {
    later(between(30'000, 90'000), [this, call = leg.call] {
      switchboard_->on(call::MediaLost{call, mono_ - Seconds(30)}, now());
    });
  }
}

// To a phone, to itself, outside, to nobody; most phones then hang up, some ask again.
void Simulation::pass_on(LegId leg) {
  later(between(10, 40'000), [this, leg] {
    if (!legs_.contains(leg)) return;
    const char* targets[] = {"a", "b", "c", "d", "33", "02161234567", "nobody"};
    switchboard_->on(call::TransferAsked{leg, targets[below(7)]}, now());
    if (percent(60)) return end(leg, hang_up(leg), between(0, 2'000));
    if (percent(50)) pass_on(leg);
  });
}

void Simulation::perform(const call::TellTransfer& wish) {
  if (wish.status > 200) ++counts_.not_passed_on;
}

void Simulation::perform(const call::PlayToPhone& wish) {
  if (!wish.once) return;
  ++counts_.whispers;
  if (percent(10)) return;  // nobody says so
  later(between(0, 4'000), [this, leg = wish.leg] {
    switchboard_->on(call::PlayedOut{leg}, now());
    if (percent(3)) switchboard_->on(call::PlayedOut{leg}, now());
  });
}

void Simulation::perform(const call::SoundCreditTone& wish) {
  ++counts_.credit_tones;
  if (std::exchange(callers_[wish.call].heard_credit_tone, true)) {
    throw Broken("a second tone before credit ends");
  }
}

void Simulation::perform(const call::CancelPhone& wish) {
  const auto found = legs_.find(wish.leg);
  if (found == legs_.end()) return;
  found->second.rings = false;
  end(wish.leg, call::PhoneFailed{wish.leg, call::Failure::cancelled, 487}, between(0, 200));
}

}  // namespace hotline::simulation
