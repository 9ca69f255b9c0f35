// From a group to the phones that ring for this call, or to where the call goes when none does.
#include "routing/asking.h"

namespace hotline::routing {
namespace {

using Said = TraceStep::Said;

// Why a group has no phone to ring.
enum class Nobody : std::uint8_t { all_shut, all_paused };

// Writes the phones that are open and not paused, in the order written. Returns: why there are
// none, if so.
Nobody take_phones(Asking& asking, const Group& group, RingPlan& plan) {
  const Hotline& called = asking.question.hotline;
  plan.group = &group;
  plan.size = 0;
  Nobody nobody = Nobody::all_shut;
  for (std::size_t i = 0; i < group.phones.size(); ++i) {
    const auto& [phone, hours] = group.phones[i];
    if (hours != nullptr) {
      const schedule::Verdict verdict = asking.ask_hours(*hours);
      if (!verdict.open) {
        asking.trace.push_back(TraceStep{&phone->source, &name_at(called, *phone), "phone",
                                         Said::phone_shut, verdict.basis, true});
        continue;
      }
    }
    if (asking.is_paused(*phone)) {
      asking.note("phone", phone->source, name_at(called, *phone), Said::phone_paused);
      nobody = Nobody::all_paused;
      continue;
    }
    RingPlan::Entry& entry = plan.entries[plan.size];
    entry.phone = phone;
    entry.stage = static_cast<std::uint8_t>(i);  // its place in the group, until it has its stage
    ++plan.size;
  }
  return nobody;
}

}  // namespace

const Target* plan_group(Asking& asking, const Group& group, RingPlan& plan) {
  const Nobody nobody = take_phones(asking, group, plan);
  if (plan.size > 0) {
    put_in_order(asking, group, plan);
    return nullptr;
  }
  const bool shut = nobody == Nobody::all_shut;
  asking.note("group", group.source, name_at(asking.question.hotline, group),
              shut ? Said::all_shut : Said::all_busy);
  return shut ? &group.on_closed : &group.on_busy;
}

Verdict follow(Asking& asking, const Target& first) {
  // The configuration has no circles, so this ends; each group and menu is met at most once.
  const Target* target = &first;
  for (;;) {
    if (const auto* cause = std::get_if<Cause>(target)) return *cause;
    RingPlan plan;
    if (const auto* queue = std::get_if<const Queue*>(target)) {
      // Nobody waits for phones that are shut.
      const Group& group = *(*queue)->group;
      target = plan_group(asking, group, plan);
      if (target != &group.on_closed) return *queue;
      continue;
    }
    if (const auto* voicemail = std::get_if<const Voicemail*>(target)) {
      const bool hears = asking.caller_hears();
      asking.note("voicemail", (*voicemail)->source, name_at(asking.question.hotline, **voicemail),
                  hears ? Said::matched : Said::not_heard);
      if (hears) return *voicemail;
      return Cause::no_answer;
    }
    if (const auto* menu = std::get_if<const Menu*>(target)) {
      if (asking.caller_hears()) return *menu;
      asking.note("menu", (*menu)->source, name_at(asking.question.hotline, **menu),
                  Said::not_heard);
      target = &(*menu)->otherwise;
      continue;
    }
    target = plan_group(asking, *std::get<const Group*>(*target), plan);
    if (target == nullptr) return plan;
  }
}

}  // namespace hotline::routing
