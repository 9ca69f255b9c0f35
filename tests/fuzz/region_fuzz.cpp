// Any bytes as a file of regions, a phone.dat and a CSV (libFuzzer): entries and flaws, nothing
// else happens. What was understood means the same when it is written and read again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hotline/base/contract.h"
#include "hotline/region/reading.h"

namespace {

using namespace hotline::region;  // NOLINT(google-build-using-namespace): its own translation unit

void check(const Reading& reading) {
  HOTLINE_EXPECT(reading.flaws.size() <= kMostFlaws);
  HOTLINE_EXPECT((reading.flaw_count == 0) == reading.flaws.empty());
  HOTLINE_EXPECT(reading.flaw_count > 0 || !reading.entries.list.empty());
  for (const Flaw& flaw : reading.flaws) {
    HOTLINE_EXPECT(!flaw.what.empty() && flaw.what.size() < 512);
    HOTLINE_EXPECT(flaw.what.find_first_of("\n\r\x1b") == std::string::npos);
  }
  if (reading.entries.list.empty()) return;
  const std::string csv = to_csv(reading.entries);
  const Reading again = read_csv(csv);
  HOTLINE_EXPECT(again.flaw_count == 0 && again.said_again == 0 && to_csv(again.entries) == csv);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  check(read_csv(bytes));
  check(read_phone_dat(bytes));
  check(read_regions(bytes));
  if (size <= 32) {  // the slow ones: a table is 3 MB, and has hundreds of names
    overlay(*builtin_table(), read_regions(bytes).entries);
    builtin_table()->nearest(bytes);
    builtin_table()->named(bytes);
  }
  return 0;
}
