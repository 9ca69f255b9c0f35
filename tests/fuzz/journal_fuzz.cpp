// Any bytes as what a journal row and a note hold as text: read, or refused, and what was read
// means the same when it is written and read again. A record made of it closes within what was
// proved.
#include <cstddef>
#include <cstdint>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "hotline/base/contract.h"
#include "hotline/billing/tariff.h"
#include "hotline/call/after_crash.h"
#include "hotline/call/logbook.h"
#include "hotline/routing/asked.h"

#include "server/audio_resume.h"
#include "store/attempt_lines.h"

namespace {

using namespace hotline;  // NOLINT(google-build-using-namespace): its own translation unit

void check_attempts(const std::string& text) {
  try {
    const auto attempts = store::attempts_from_lines(text);
    const std::string lines = store::to_lines(attempts);
    HOTLINE_EXPECT(store::to_lines(store::attempts_from_lines(lines)) == lines);
  } catch (const SQLite::Exception&) {
    return;  // no hotlined wrote that
  }
}

void check_notes(const std::string& text) {
  call::Logbook logbook([](const call::KeepNote&) {});
  using Kind = call::KeepNote::Kind;
  for (const Kind kind : {Kind::turn, Kind::phone, Kind::caller, Kind::block}) {
    logbook.restore(call::KeepNote{kind, "+8613800000001", text, WallTime(Seconds(1))});
  }
}

void check_close(const std::string& text) {
  const auto tariff = billing::tariff_from_text(text);
  if (!tariff) return;
  HOTLINE_EXPECT(billing::tariff_from_text(billing::to_text(*tariff)) == tariff);
  call::Unfinished unfinished;
  unfinished.tariff = *tariff;
  const Now answered{Instant(Seconds(100)), WallTime(Seconds(1'000'000))};
  const Now last{Instant(Seconds(163)), WallTime(Seconds(1'000'063))};
  unfinished.answer = call::Unfinished::Answer{answered, Seconds(60), {}};
  const cdr::Record record = call::close_after_crash(unfinished, last);
  HOTLINE_EXPECT(record.billable <= Seconds(60) && record.talk <= Seconds(63));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  check_attempts(text);
  check_notes(text);
  check_close(text);
  const routing::Asked asked = routing::asked_from_text(text);
  HOTLINE_EXPECT(routing::to_text(routing::asked_from_text(routing::to_text(asked))) ==
                 routing::to_text(asked));
  if (const auto audio = server::resumed_audio_from(text)) {
    const auto again = server::resumed_audio_from(server::text_of(*audio));
    HOTLINE_EXPECT(again && server::text_of(*again) == server::text_of(*audio));
  }
  return 0;
}
