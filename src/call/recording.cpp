// Recording: whether a call is recorded is known once phones are to ring, for then a codec has to
// be chosen; it begins when caller and phone are connected, and ends with the caller's leg.
//
//   caller          call            phone
//     │               ├── ring, in one codec ──► │
//     │               │◄── answered ───┤ the recording has a name
//     │◄── answer ────┤
//     │◄── notice ────┴── notice ─────►│ it has begun
//
#include <utility>

#include "hotline/cdr/recording_name.h"

#include "call/handlers.h"

namespace hotline::call {

bool Handlers::is_to_be_recorded() const {
  return routing::is_recorded(*call.hotline_, *plan().group, offered().caller,
                              *call.snapshot_->regions);
}

void Handlers::prepare_recording() {
  if (!is_to_be_recorded()) return;
  if (offered().playing == Playing::possible) call.played_ = true;
}

void Handlers::name_recording() {
  if (!is_to_be_recorded()) return;
  if (!call.played_) {
    record().trace += offered().playing == Playing::no_codec
                          ? "\nrecording: the caller offers neither PCMA nor PCMU: none"
                          : "\nrecording: the caller makes no offer: none";
    return;
  }
  const number::Number& caller = offered().caller;
  std::string number = caller.e164.empty() ? caller.raw : caller.e164;
  if (caller.kind == number::Kind::withheld) number.clear();
  record().recording = cdr::recording_name(
      call.snapshot_->recording_name, {record().hotline, record().id.to_string(), std::move(number),
                                       record().answered_by, now.wall});
}

void Handlers::begin_recording(std::uint32_t phone) {
  if (record().recording.empty()) return;
  const routing::PromptRef& notice = call.hotline_->recording.notice;
  actions.push_back(RecordCall{leg(phone), record().id, record().recording,
                               notice ? notice->path : std::string()});
}

}  // namespace hotline::call
