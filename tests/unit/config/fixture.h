// What every test of the configuration shares: a small good configuration in memory, and a context
// with a fixed day.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/region/region.h"

#include "config/load.h"
#include "config/values.h"

namespace hotline::config {

using Texts = std::map<std::string, std::string>;

inline constexpr const char* kHotlineFile = "hotlines/a.toml";

// Reads what these tests write: E.164, and mainland mobiles.
inline number::Number read_number(std::string_view text) {
  number::Number number{number::Kind::unknown, "", std::string(text)};
  if (text.size() > 1 && text.starts_with('+') && all_digits(text.substr(1))) {
    number = {number::Kind::mobile, std::string(text), std::string(text)};
  } else if (text.size() == 11 && text.starts_with('1') && all_digits(text)) {
    number = {number::Kind::mobile, "+86" + std::string(text), std::string(text)};
  }
  return number;
}

inline WallTime day(std::string_view date) { return WallTime(parse_date(date).value()); }

inline Context context(std::string_view today = "2026-06-01") {
  Context context;
  context.today = day(today);
  context.regions = region::builtin_table();
  context.read_number = read_number;
  return context;
}

inline const std::string kPlatform = R"([server]
[[trunk]]
name = "unicom"
sources = ["127.0.0.2"]
gateways = ["udp:127.0.0.2:5060"]
[package.standard]
price_per_min = "0.300"
[schedule.office]
weekly = { mon-fri = ["09:00-18:00"] }
[caller_list.nuisance]
numbers = ["+8613900000000"]
)";

inline const std::string kHotline = R"([hotline]
number = "4001234567"
account = "acme"
package = "standard"
[[phone]]
name = "desk"
number = "02161234567"
trunk = "unicom"
[[group]]
name = "sales"
phones = ["desk"]
[otherwise]
to = "group:sales"
)";

inline Texts good_texts() { return {{kPlatformFile, kPlatform}, {kHotlineFile, kHotline}}; }

// The problems as they are printed; of a configuration that loads, its warnings.
inline std::vector<std::string> problems_of(const Files& files, const Context& with) {
  const auto loaded = load(files, with);
  std::vector<std::string> printed;
  for (const Problem& problem : loaded ? loaded->warnings : loaded.error()) {
    printed.push_back(problem.to_string());
  }
  return printed;
}

inline std::vector<std::string> problems_of(Texts texts) {
  return problems_of(MemoryFiles(std::move(texts)), context());
}

}  // namespace hotline::config
