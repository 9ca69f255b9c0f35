// Whom calls are taken from at all, and how much may be spent: what is asked before any route.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hotline/base/money.h"
#include "hotline/base/time.h"
#include "hotline/billing/tariff.h"
#include "hotline/routing/caller_list.h"
#include "hotline/routing/source.h"

namespace hotline::routing {

// One level: of the platform, an account or a hotline. The nearer level speaks first, and at each
// level the whitelists do.
struct Screening {
  CallerLists blacklists;
  CallerLists whitelists;
};

// A caller with more calls than that in that time is refused for a while.
struct Guard {
  Source source;
  std::uint32_t calls = 0;
  Seconds within{0};
  Seconds block{0};
};

// What a month may bring; nullopt: no cap.
struct MonthCap {
  Source source;
  std::optional<Money> spend;
  std::optional<std::uint64_t> calls;
};

// [account.NAME]: what holds for all hotlines of an account.
struct AccountRules {
  std::string name;
  Source source;
  std::shared_ptr<const billing::Package> package;  // of its fees; null: that of its hotlines
  Screening screening;
  std::optional<MonthCap> month_cap;
};

}  // namespace hotline::routing
