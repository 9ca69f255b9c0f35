// [screening] and [account.NAME]: whom calls are taken from, what a month may cost, and which
// package an account's fees follow.

#include "config/platform.h"

namespace hotline::config {
namespace {

std::optional<routing::Guard> read_guard(const Reader& section, FileProblems& problems) {
  const auto guard = section.inner("guard");
  if (!guard) return std::nullopt;
  return routing::Guard{problems.source(guard->at()),
                        static_cast<std::uint32_t>(guard->whole("calls")),
                        guard->seconds("within_s"), guard->seconds("block_s")};
}

}  // namespace

routing::Screening read_screening_lists(const Reader& section, Platform& platform,
                                        FileProblems& problems) {
  return {named_lists(section.texts("blacklists"), platform, problems),
          named_lists(section.texts("whitelists"), platform, problems)};
}

routing::MonthCap read_month_cap(const Reader& cap, FileProblems& problems) {
  routing::MonthCap read;
  read.source = problems.source(cap.at());
  if (cap.has("spend")) read.spend = cap.money("spend");
  if (cap.has("calls")) read.calls = static_cast<std::uint64_t>(cap.whole("calls"));
  if (!read.spend && !read.calls) {
    problems.error(cap.at(), "month_cap caps nothing; wanted is spend, calls or both");
  }
  return read;
}

void read_screening(const Document& document, Platform& platform, FileProblems& problems) {
  const auto section = document.one("screening");
  if (!section) return;
  platform.screening = read_screening_lists(*section, platform, problems);
  platform.guard = read_guard(*section, problems);
  platform.max_calls_per_caller =
      static_cast<std::uint32_t>(section->whole("max_calls_per_caller"));
  platform.max_calls_source = problems.source(section->at("max_calls_per_caller"));
}

void read_account_rules(const Document& document, Platform& platform, FileProblems& problems) {
  for (const Reader& section : document.all("account")) {
    const auto name = section_name(section, problems);
    auto rules = std::make_shared<routing::AccountRules>();
    rules->source = problems.source(section.at());
    rules->screening = read_screening_lists(section, platform, problems);
    if (const auto package = section.text("package")) {
      if (const auto* found = platform.packages.find(*package, problems))
        rules->package = found->package;
    }
    if (const auto cap = section.inner("month_cap")) {
      rules->month_cap = read_month_cap(*cap, problems);
    }
    if (!name) continue;
    rules->name = name->value;
    platform.accounts.emplace(name->value, std::move(rules));
  }
}

}  // namespace hotline::config
