// What each account has agreed to: the package its fees follow, and the phones its hotlines have
// beyond that package's.
#include "config/account_terms.h"

#include <algorithm>

#include "config/spelling.h"

namespace hotline::config {
namespace {

using routing::Hotline;

std::uint32_t further_lines(const Hotline& hotline) {
  const std::size_t included = hotline.package->phones_included;
  return static_cast<std::uint32_t>(std::max(hotline.phones.size(), included) - included);
}

}  // namespace

billing::TermsOf account_terms(const routing::Snapshot& snapshot, Problems& problems) {
  billing::TermsOf all;
  for (const auto& [number, hotline] : snapshot.hotlines) {
    if (number != hotline->number || !hotline->package || hotline->account.empty()) continue;
    const auto [terms, is_new] = all.try_emplace(hotline->account);
    auto& package = terms->second.package;
    const bool is_said = hotline->account_rules && hotline->account_rules->package;
    if (is_said) {
      package = hotline->account_rules->package;
    } else if (is_new) {
      package = hotline->package;
    } else if (package != hotline->package) {
      FileProblems(problems, hotline->source.file)
          .error({hotline->source.line, 0},
                 "package: " + in_quotes(hotline->package->name) +
                     ", but other hotlines of account " + in_quotes(hotline->account) + " have " +
                     in_quotes(package->name) + "; say in [account." + hotline->account +
                     "] of hotline.toml which package its fees follow");
    }
    if (const std::uint32_t lines = further_lines(*hotline); lines > 0) {
      terms->second.further_lines.push_back({number, lines});
    }
  }
  return all;
}

}  // namespace hotline::config
