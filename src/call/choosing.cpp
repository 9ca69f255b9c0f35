// Choosing: the caller is in a menu. It is answered first, once that is durable, and pays from
// there.
//
//   caller          call            store
//     │               ├── journal answer ─►│
//     │◄── answer ────┤◄── answer stored ──┤  (where it is not answered yet)
//     │◄── prompt ────┤
//     ├── keys ──────►│ → where they lead: Hunting, another menu, Parting
//     │               │ none, or wrong ones: the prompt again, and in the end `otherwise`
//
#include <algorithm>

#include "call/handlers.h"

namespace hotline::call {
namespace {

// Ends the keys of a choice that others begin with.
constexpr char kEnter = '#';

const routing::Option* exactly(const routing::Menu& menu, const std::string& keys) {
  const auto found = std::find_if(menu.options.begin(), menu.options.end(),
                                  [&](const auto& option) { return option.keys == keys; });
  return found == menu.options.end() ? nullptr : &*found;
}

bool may_become_more(const routing::Menu& menu, const std::string& keys) {
  return std::any_of(menu.options.begin(), menu.options.end(), [&](const auto& option) {
    return option.keys.size() > keys.size() && option.keys.starts_with(keys);
  });
}

}  // namespace

void Handlers::open_menu(const routing::Menu& menu) {
  call.hunt_->menu = &menu;
  Choosing choosing;
  choosing.menu = &menu;
  enter(std::move(choosing));
}

void Handlers::prompt(Choosing& choosing, bool was_wrong) {
  choosing.keys.clear();
  choosing.is_prompted = true;
  choosing.due = now.mono + kLongestPrompt;
  PlayToCaller play{call.ref_, {}};
  if (was_wrong && choosing.menu->wrong_key) play.once.push_back(choosing.menu->wrong_key->path);
  play.once.push_back(choosing.menu->prompt->path);
  actions.push_back(std::move(play));
}

void Handlers::when(Choosing& choosing, const PlayedOut& event) {
  if (!event.leg.is_caller() || !choosing.is_prompted) return;
  choosing.is_prompted = false;
  choosing.due = now.mono + choosing.menu->timeout;
}

void Handlers::when(Choosing& choosing, const KeyPressed& event) {
  if (!event.leg.is_caller() || !call.answered_) return;
  if (choosing.is_prompted) {
    if (!choosing.menu->barge_in) return;
    choosing.is_prompted = false;
    actions.push_back(PlayToCaller{call.ref_, {}});
  }
  const std::string longer = choosing.keys + event.key;
  if (may_become_more(*choosing.menu, longer)) {
    choosing.keys = longer;
    choosing.due = now.mono + choosing.menu->key_gap;
    return;
  }
  if (const auto* option = exactly(*choosing.menu, longer)) return choose(choosing, option);
  const bool is_entered = event.key == kEnter && !choosing.keys.empty();
  const auto* option = is_entered ? exactly(*choosing.menu, choosing.keys) : nullptr;
  if (option != nullptr) return choose(choosing, option);
  try_again(choosing, true);
}

void Handlers::when(Choosing& choosing, const TimePassed&) {
  if (time_is_up() || now.mono < choosing.due) return;
  if (!call.answered_) return give_up(Cause::store_down);
  if (choosing.keys.empty()) return try_again(choosing, false);
  if (const auto* option = exactly(*choosing.menu, choosing.keys)) return choose(choosing, option);
  try_again(choosing, true);
}

void Handlers::try_again(Choosing& choosing, bool was_wrong) {
  if (++choosing.tries >= choosing.menu->tries) return choose(choosing, nullptr);
  prompt(choosing, was_wrong);
}

void Handlers::choose(Choosing& choosing, const routing::Option* option) {
  if (option != nullptr && option->repeats) return prompt(choosing, false);
  record().menu += (record().menu.empty() ? "" : ", ") +
                   routing::name_at(*call.hotline_, *choosing.menu) + " " +
                   (option == nullptr ? "-" : option->keys);
  choosing.due = Instant::max();  // the answer is there before any time passes
  actions.push_back(SeekFurther{SeekFurther::KeysPressed{choosing.menu, option}});
}

void Handlers::when(Choosing&, const PlanMade& event) { take_over(*event.decision); }

}  // namespace hotline::call
