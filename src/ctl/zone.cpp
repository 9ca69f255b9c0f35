#include "ctl/zone.h"

#include <set>

#include "hotline/number/number.h"

#include "ctl/draft.h"

namespace hotline::ctl {
namespace {

std::set<std::chrono::minutes> offsets_of(const routing::Hotline& hotline) {
  std::set<std::chrono::minutes> offsets;
  const auto add_routes = [&offsets](const routing::Routes& routes) {
    for (const routing::Route& route : routes) {
      for (const auto& schedule : route.when.schedules) offsets.insert(schedule->offset);
    }
  };
  add_routes(hotline.routes);
  for (const auto& set : hotline.route_sets) add_routes(set->routes);
  for (const auto& phone : hotline.phones) {
    if (phone->schedule) offsets.insert(phone->schedule->offset);
  }
  return offsets;
}

}  // namespace

std::optional<std::chrono::minutes> parse_zone(const std::string& text) {
  const auto midnight = admin::parse_time("2000-01-01T00:00:00" + text, admin::Edge::begin);
  if (!midnight) return std::nullopt;
  const WallTime in_utc = *admin::parse_time("2000-01-01T00:00:00Z", admin::Edge::begin);
  return std::chrono::duration_cast<std::chrono::minutes>(in_utc - *midnight);
}

std::chrono::minutes zone_of_hotline(Session& session, const std::string& number) {
  const Draft draft = read_draft(session);
  const auto dialled = number::dialled_hotline(number);
  if (!draft.loaded || !dialled) return kChinaOffset;
  const routing::Hotline* hotline = draft.loaded->snapshot->find(*dialled);
  if (hotline == nullptr) return kChinaOffset;
  const auto offsets = offsets_of(*hotline);
  return offsets.size() == 1 ? *offsets.begin() : kChinaOffset;
}

std::string in_zone(const std::string& date, admin::Edge edge, std::chrono::minutes zone) {
  constexpr std::size_t kDate = std::string_view("2026-01-31").size();
  if (date.empty()) return date;
  const WallTime when = *admin::parse_time(date, edge);
  return admin::to_rfc3339(date.size() == kDate ? when + kChinaOffset - zone : when, zone);
}

}  // namespace hotline::ctl
