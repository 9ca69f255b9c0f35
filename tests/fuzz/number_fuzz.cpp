// Any bytes as a caller's number and as a dialled one (libFuzzer). What must hold is checked with
// aborts, so that the fuzzer finds more than crashes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hotline/base/contract.h"
#include "hotline/number/number.h"
#include "hotline/region/region.h"

#include "numbering/numbering.h"

namespace {

using hotline::number::Kind;

bool is_e164(std::string_view text) {
  return text.size() >= 2 && text.size() <= 20 && text[0] == '+' &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool has_place(Kind kind) { return kind != Kind::withheld && kind != Kind::unknown; }

void check_caller(std::string_view raw) {
  const auto caller = hotline::numbering::read_caller(raw);
  HOTLINE_EXPECT(caller.raw == raw.substr(0, hotline::number::kMostRaw));
  HOTLINE_EXPECT(hotline::number::read_plain(raw).value_or(caller) == caller);
  HOTLINE_EXPECT(caller.e164.empty() || is_e164(caller.e164));
  HOTLINE_EXPECT(!has_place(caller.kind) || !caller.e164.empty());
  HOTLINE_EXPECT(caller.kind != Kind::withheld || caller.e164.empty());
  if (caller.kind == Kind::mobile || caller.kind == Kind::landline) {
    const auto again = hotline::numbering::read_caller(caller.e164);
    HOTLINE_EXPECT(again.kind == caller.kind && again.e164 == caller.e164);
  }
  const auto table = hotline::region::builtin_table();
  HOTLINE_EXPECT(table->locate(caller).place < table->size());
}

void check_dialled(std::string_view raw) {
  const auto hotline = hotline::number::dialled_hotline(raw);
  if (!hotline) return;
  HOTLINE_EXPECT(hotline->size() == 10 && hotline->starts_with("400"));
  HOTLINE_EXPECT(hotline::number::dialled_hotline(*hotline) == hotline);
}

void check_strip(std::string_view raw) {
  const auto stripped = hotline::number::strip_carrier_prefix(raw);
  HOTLINE_EXPECT(raw.ends_with(stripped));
  HOTLINE_EXPECT(hotline::number::strip_carrier_prefix(stripped) == stripped);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  check_caller(bytes);
  check_dialled(bytes);
  check_strip(bytes);
  hotline::region::builtin_table()->named(bytes);
  return 0;
}
