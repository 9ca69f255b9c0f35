// One decision in the making: the question, and what has been found so far. Facts are asked
// through it, so that what the decision rests on is kept.
#pragma once

#include "hotline/routing/decision.h"

namespace hotline::routing {

struct Asking {
  const Question& question;
  region::PlaceId place = region::kUnknown;
  region::Carrier carrier = region::Carrier::unknown;
  Trace& trace;
  Asked& asked;
  std::shared_ptr<const std::string>& block_why;
  const schedule::Schedule* last_hours = nullptr;  // that were asked; null: none were
  schedule::Verdict last_hours_say{};

  // Most hours that one call asks for are the same.
  schedule::Verdict ask_hours(const schedule::Schedule& hours) {
    if (&hours != last_hours) {
      last_hours_say = schedule::at(hours, question.when);
      last_hours = &hours;
    }
    return last_hours_say;
  }

  void note(const char* rule, const Source& source, const std::string& name, TraceStep::Said said) {
    trace.push_back(TraceStep{&source, &name, rule, said});
  }

  // --- facts, kept where they are not quiet
  std::uint64_t turn(const Group& group);
  std::uint32_t lines_in_use(const Phone& phone);
  // Asked for each phone of a group, and nearly always no.
  bool is_paused(const Phone& phone) {
    const bool paused = question.facts.is_paused(phone);
    if (paused) keep_paused(phone);
    return paused;
  }
  PhoneHistory history(const Phone& phone);
  std::optional<LastCall> last_call();
  std::uint32_t live_calls();
  std::optional<CallerBlock> block();
  Usage usage_of_hotline();
  Usage usage_of_account();
  AccountState account_state();
  bool caller_hears();
  // Dice of their own for each rule: `salt` is where it was written.
  std::uint64_t dice(std::uint64_t salt) const;

 private:
  void keep(Answer answer);
  void keep_paused(const Phone& phone);
};

// screen.cpp: nullopt: the call may go on to the routes.
std::optional<Verdict> screen(Asking& asking);
// condition.cpp: the step to trace: matched, or the first condition that did not hold.
// Requires: the route takes calls from the caller's region.
TraceStep try_route(Asking& asking, const Route& route);
// decide.cpp: the target of the first route that holds; null: none.
const Target* choose(Asking& asking, const Routes& routes);
// plan.cpp: the phones of that group that are open and not paused, in ring order. Size 0: none;
// the trace says why, and the target is where the call goes then.
const Target* plan_group(Asking& asking, const Group& group, RingPlan& plan);
// plan.cpp: what that target comes to: the plan of its group, or of those it overflows to; a menu,
// a queue, a refusal.
// Requires: no route set.
Verdict follow(Asking& asking, const Target& target);
// order.cpp: puts the phones of a plan, all in `entries` in the order written, in ring order.
void put_in_order(Asking& asking, const Group& group, RingPlan& plan);

}  // namespace hotline::routing
