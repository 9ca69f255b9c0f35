// Any bytes as a configuration (libFuzzer): up to a NUL the text of hotline.toml, after it that of
// a hotline's file, after another NUL that of the calendar and list either may name. What must
// hold is checked with aborts, so that the fuzzer finds more than crashes.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "hotline/base/contract.h"

#include "config/good.h"
#include "config/load.h"
#include "config/values.h"

namespace {

using hotline::config::Problem;

constexpr const char* kFolders[] = {"hotline.toml", "hotlines/a.toml", "file"};

// Splits the bytes at the first two NULs.
hotline::config::MemoryFiles files_of(std::string_view bytes) {
  std::map<std::string, std::string> texts;
  for (const char* name : kFolders) {
    const auto end = bytes.find('\0');
    texts[name] = bytes.substr(0, end);
    bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
  }
  return hotline::config::MemoryFiles(std::move(texts));
}

hotline::config::Context context() {
  hotline::config::Context context;
  context.today = hotline::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 12 / 15));
  context.regions = hotline::region::builtin_table();
  context.read_number = [](std::string_view text) {
    const bool is_e164 =
        text.starts_with('+') && text.size() > 7 && hotline::config::all_digits(text.substr(1));
    return hotline::number::Number{hotline::number::Kind::unknown, is_e164 ? std::string(text) : "",
                                   std::string(text)};
  };
  return context;
}

bool is_one_line(std::string_view text) {
  return text.find_first_of("\n\r\x1b") == std::string_view::npos;
}

void check(const std::vector<Problem>& problems, bool is_warning) {
  for (const Problem& problem : problems) {
    HOTLINE_EXPECT(!is_warning || problem.is_warning);
    HOTLINE_EXPECT(problem.line >= 0 && problem.column >= 0);
    HOTLINE_EXPECT(problem.to_string().size() < 2048 && is_one_line(problem.to_string()));
  }
}

void check(const hotline::routing::Snapshot& snapshot) {
  for (const auto& [number, hotline] : snapshot.hotlines) {
    HOTLINE_EXPECT(number.size() == 10 && hotline->number == number);
    HOTLINE_EXPECT(hotline->package && hotline->phones.size() <= hotline::routing::kMostPhones);
    HOTLINE_EXPECT(hotline::billing::is_sound(hotline->package->tariff));
    for (const auto& rate : hotline->rates ? *hotline->rates : hotline::routing::Rates()) {
      HOTLINE_EXPECT(hotline::billing::is_sound(rate.tariff));
    }
    for (const auto& group : hotline->groups) {
      HOTLINE_EXPECT(!group->phones.empty());
      for (const auto& member : group->phones) HOTLINE_EXPECT(!member.phone->line_key.empty());
    }
  }
}

// What was accepted with bad lines of lists left out is kept without them: a start reads strictly.
void check_skipping(const hotline::config::Files& files, hotline::config::Context context,
                    bool is_good) {
  context.skip_bad = true;
  auto skipped = hotline::config::load(files, context);
  HOTLINE_EXPECT(skipped || !is_good);
  if (!skipped) return;
  std::map<std::string, std::string> kept;
  for (auto& file : skipped->files) kept[file.name] = std::move(file.text);
  context.skip_bad = false;
  HOTLINE_EXPECT(hotline::config::load(hotline::config::MemoryFiles(std::move(kept)), context));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const hotline::config::Context kContext = context();
  const auto files = files_of(std::string(data, data + size));
  const auto loaded = hotline::config::load(files, kContext);
  if (loaded) {
    check(loaded->warnings, true);
    check(*loaded->snapshot);
  } else {
    HOTLINE_EXPECT(!loaded.error().empty());
    check(loaded.error(), false);
  }
  check_skipping(files, kContext, loaded.has_value());
  HOTLINE_EXPECT(hotline::config::state_dir_even_if_bad(files).is_absolute());
  return 0;
}
