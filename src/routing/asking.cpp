#include "routing/asking.h"

#include <algorithm>

namespace hotline::routing {
namespace {

std::int64_t ms(WallTime when) { return when.time_since_epoch().count(); }

// Mixes all bits of a number into all bits of another (SplitMix64, Steele et al. 2014).
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace

// Several rules may ask the same.
void Asking::keep(Answer answer) {
  const auto same = [&](const Answer& one) {
    return one.to == answer.to && (one.to == Answer::To::last || one.name == answer.name);
  };
  if (std::any_of(asked.begin(), asked.end(), same)) return;
  asked.push_back(std::move(answer));
}

std::uint64_t Asking::turn(const Group& group) {
  const std::uint64_t turn = question.facts.turn(group);
  if (turn > 0) keep({Answer::To::turn, group.key, static_cast<std::int64_t>(turn)});
  return turn;
}

std::uint32_t Asking::lines_in_use(const Phone& phone) {
  const std::uint32_t lines = question.facts.lines_in_use(phone);
  if (lines > 0) keep({Answer::To::lines, phone.line_key, lines});
  return lines;
}

void Asking::keep_paused(const Phone& phone) { keep({Answer::To::paused, phone.line_key}); }

PhoneHistory Asking::history(const Phone& phone) {
  const PhoneHistory history = question.facts.history(phone);
  if (history != PhoneHistory()) {
    keep({Answer::To::history, phone.line_key, ms(history.last_answered), ms(history.last_ended),
          history.answered_today});
  }
  return history;
}

std::optional<LastCall> Asking::last_call() {
  auto last = question.facts.last_call(question.hotline, question.caller);
  if (last) keep({Answer::To::last, last->answered_by, ms(last->at)});
  return last;
}

std::uint32_t Asking::live_calls() {
  const std::uint32_t calls = question.facts.live_calls(question.caller);
  if (calls > 0) keep({Answer::To::live, {}, calls});
  return calls;
}

std::optional<CallerBlock> Asking::block() {
  auto block = question.facts.block_of(question.caller);
  if (block && block->by_hand) keep({Answer::To::barred, block->why, ms(block->until)});
  if (block && !block->by_hand) keep({Answer::To::blocked, {}, ms(block->until)});
  return block;
}

Usage Asking::usage_of_hotline() {
  const Usage usage = question.facts.usage_of_hotline(question.hotline);
  if (usage != Usage()) {
    keep({Answer::To::usage, {}, static_cast<std::int64_t>(usage.calls), usage.spent.li()});
  }
  return usage;
}

Usage Asking::usage_of_account() {
  const Usage usage = question.facts.usage_of_account(question.hotline);
  if (usage != Usage()) {
    keep({Answer::To::spending, {}, static_cast<std::int64_t>(usage.calls), usage.spent.li()});
  }
  return usage;
}

AccountState Asking::account_state() {
  const AccountState state = question.facts.account_state(question.hotline);
  if (state != AccountState::active) {
    keep({Answer::To::account, {}, static_cast<std::int64_t>(state)});
  }
  return state;
}

bool Asking::caller_hears() {
  const bool hears = question.facts.caller_hears();
  if (!hears) keep({Answer::To::deaf});
  return hears;
}

std::uint64_t Asking::dice(std::uint64_t salt) const {
  return mixed(question.facts.draw() ^ mixed(salt));
}

}  // namespace hotline::routing
