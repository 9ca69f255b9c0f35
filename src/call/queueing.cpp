// A caller who waits in a queue hunts for phones that are not free yet. The switchboard keeps the
// order and says when one is.
//
//   caller          call            switchboard     phone
//     │               ├── join queue ─►│               │
//     │◄── music ─────┤◄── place told ─┤               │  (answered before, where the queue does)
//     │               │◄── phones free ┤               │
//     │               ├── ring ───────────────────────►│
//     │               │◄── answered ───────────────────┤ → Committing
//
#include <algorithm>
#include <chrono>

#include "hotline/base/contract.h"

#include "call/handlers.h"

namespace hotline::call {
namespace {

// As it is said: full minutes, the one that has begun included; 0 for less than one.
std::uint32_t minutes_of(Milliseconds wait) {
  if (wait < std::chrono::minutes(1)) return 0;
  return static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::minutes>(wait).count());
}

}  // namespace

void Handlers::join(const routing::Queue& queue) {
  Hunting& hunting = hunting_on();
  HOTLINE_EXPECT(hunting.ringing.empty());
  hunting.queue = &queue;
  hunting.joined = now.mono;
  hunting.stage_due = Instant::max();
  hunting.waits_until = now.mono + queue.longest_wait;
  call.played_ |= offered().playing == Playing::possible;
  actions.push_back(JoinQueue{&queue});
}

void Handlers::when(Hunting& hunting, const PlaceTold& event) {
  if (hunting.queue == nullptr) return;
  const bool answers = hunting.queue->answers && !call.answered_ && can_play();
  if (!answers) return say_place(hunting, event.place);
  if (!call.answering_) begin_answer();
}

// A caller who cannot hear us hears that it rings.
void Handlers::say_place(Hunting& hunting, const Queues::Place& place) {
  const routing::Queue& queue = *hunting.queue;
  const bool was_told = std::exchange(hunting.told_ringing, true);
  if (!can_play()) {
    if (!was_told) actions.push_back(TellRinging{call.ref_, {}});
    return;
  }
  const bool has_music = queue.music && !queue.music->path.empty();
  PlayToCaller play{call.ref_, {}, has_music ? queue.music->path : "tone"};
  if (queue.says_position) play.ahead = place.ahead;
  if (queue.says_wait && place.expected) play.minutes = minutes_of(*place.expected);
  if (queue.announcement) play.once.push_back(queue.announcement->path);
  if (!call.answered_) play.offer = offered().offer;
  hunting.ringback = play.then;
  hunting.hears_music = true;
  actions.push_back(std::move(play));
}

void Handlers::when(Hunting& hunting, const PlayedOut& event) {
  if (!event.leg.is_caller()) return phone_was_told(hunting, event.leg);
  if (hunting.queue == nullptr) return;
  const Seconds every = hunting.queue->announce_every;
  if (every > Seconds(0)) hunting.says_next = now.mono + every;
}

// One after the other, however often the queue says so: who rings is not rung again.
void Handlers::when(Hunting& hunting, const PhonesFree& event) {
  if (hunting.queue == nullptr || !hunting.ringing.empty()) return;
  call.hunt_->verdict = *event.plan;
  begin_plan(hunting);
}

void Handlers::when(Hunting& hunting, const AnswerStored&) {
  if (!answer_by_ourselves()) return;
  hunting.ends = Instant::max();  // it waits as long as the queue lets it
  if (hunting.queue != nullptr) actions.push_back(AskPlace{});
}

void Handlers::leave_by(Hunting& hunting, char key) {
  if (hunting.queue == nullptr) return;
  const auto& options = hunting.queue->options;
  const auto found = std::find_if(options.begin(), options.end(), [&](const auto& option) {
    return option.keys == std::string_view(&key, 1);
  });
  if (found != options.end()) leave_queue(hunting, routing::Left::by_key, &*found);
}

void Handlers::leave_queue(Hunting& hunting, routing::Left why, const routing::Option* option) {
  stop_ringing(hunting, cdr::AttemptResult::cancelled, false);
  const routing::Queue* queue = hunting.queue;
  has_left(hunting);
  actions.push_back(SeekFurther{SeekFurther::QueueLeft{queue, why, option}});
}

void Handlers::has_left(Hunting& hunting) {
  if (hunting.queue == nullptr) return;
  record().waited += now.mono - hunting.joined;
  hunting.queue = nullptr;
  hunting.hears_music = false;
  hunting.says_next = hunting.waits_until = Instant::max();
  if (call.answered_) hunting.ends = now.mono + call.hotline_->hunt_max;
}

}  // namespace hotline::call
