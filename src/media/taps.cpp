#include "media/taps.h"

#include <utility>

#include "media/leg.h"

namespace hotline::media {
namespace {

std::uint32_t number(RecordingId id) { return static_cast<std::uint32_t>(id); }

}  // namespace

void Tap::take(const RtpHeader& header, std::span<const std::uint8_t> payload, MediaTime at) {
  if (header.payload_type != kPcma && header.payload_type != kPcmu) return;
  if (!feed->take(id, side, header, payload, at)) ++dropped;
}

void Taps::begin(const RecordingBegun& begun, Leg& caller, Leg* phone) {
  feed_.order(begun);
  Tapped& tapped = tapped_[number(begun.id)];
  tapped.left = {&feed_, begun.id, RecordingSide::caller};
  tapped.right = {&feed_, begun.id, RecordingSide::phone};
  put_in(caller, tapped.left, begun.at);
  tapped.caller = &caller;
  if (phone != nullptr) hear(begun.id, *phone, begun.at);
}

void Taps::hear(RecordingId id, Leg& phone, MediaTime at) {
  const auto found = tapped_.find(number(id));
  if (found == tapped_.end() || found->second.caller == &phone) return;
  take_out(found->second.phone);
  put_in(phone, found->second.right, at);
  found->second.phone = &phone;
}

// A leg is in one recording at most.
void Taps::put_in(Leg& leg, Tap& tap, MediaTime at) {
  leg_ends(leg, at);
  leg.record(&tap);
}

void Taps::take_out(Leg* leg) {
  if (leg != nullptr) leg->record(nullptr);
}

void Taps::end(RecordingId id, MediaTime at) {
  const auto found = tapped_.find(number(id));
  if (found == tapped_.end()) return;
  const Tapped tapped = found->second;
  tapped_.erase(found);
  take_out(tapped.caller);
  take_out(tapped.phone);
  feed_.order(RecordingEnded{id, at, tapped.left.dropped + tapped.right.dropped});
}

void Taps::leg_ends(Leg& leg, MediaTime at) {
  const Tap* tap = leg.tap();
  if (tap == nullptr) return;
  if (tap->side == RecordingSide::caller) return end(tap->id, at);
  tapped_.at(number(tap->id)).phone = nullptr;
  leg.record(nullptr);
}

void Taps::end_all(MediaTime at) {
  while (!tapped_.empty()) end(static_cast<RecordingId>(tapped_.begin()->first), at);
}

}  // namespace hotline::media
