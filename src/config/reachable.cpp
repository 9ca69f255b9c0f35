// What no call ever gets to: routes behind others that take everything they would, groups that only
// unreached groups overflow to, phones in none that is reached. All of it may be meant for later,
// so these are warnings.

#include <algorithm>
#include <set>

#include "config/hotline_file.h"

namespace hotline::config {
namespace {

using routing::Group;
using routing::Hotline;
using routing::Route;
using routing::Target;

void warn(const routing::Source& source, const std::string& message, Problems& problems) {
  FileProblems(problems, source.file).warning({source.line, source.column}, message);
}

// A route that jumps may pass a call on, so it hides nothing.
bool hides(const Route& first, const Route& second) {
  return !std::holds_alternative<const routing::RouteSet*>(first.to) &&
         covers(first.when, second.when);
}

void report_hidden(const std::vector<Route>& routes, Problems& problems) {
  for (std::size_t i = 1; i < routes.size(); ++i) {
    const auto end = routes.begin() + static_cast<std::ptrdiff_t>(i);
    const auto hider =
        std::find_if(routes.begin(), end, [&](const Route& one) { return hides(one, routes[i]); });
    if (hider == end) continue;
    warn(routes[i].source,
         "route " + in_quotes(routes[i].name) + " takes no call: route " + in_quotes(hider->name) +
             " in line " + std::to_string(hider->source.line) + " takes all that it would",
         problems);
  }
}

void reach(const Target& target, std::set<const Group*>& reached) {
  const auto* group = std::get_if<const Group*>(&target);
  if (group == nullptr || !reached.insert(*group).second) return;
  reach((*group)->on_busy, reached);
  reach((*group)->on_no_answer, reached);
  reach((*group)->on_closed, reached);
}

void report_unreached(const Hotline& hotline, const std::set<const Group*>& reached,
                      const std::set<const Group*>& told, Problems& problems) {
  std::set<const routing::Phone*> rung;
  std::set<const routing::Phone*> grouped;
  for (const auto& group : hotline.groups) {
    const bool is_reached = reached.contains(group.get());
    if (!is_reached && !told.contains(group.get())) {
      warn(group->source, "group " + in_quotes(group->name) + " is reached by no route", problems);
    }
    for (const routing::Member& member : group->phones) {
      grouped.insert(member.phone);
      if (is_reached) rung.insert(member.phone);
    }
  }
  for (const auto& phone : hotline.phones) {
    if (rung.contains(phone.get()) || !grouped.contains(phone.get())) continue;
    warn(phone->source, "phone " + in_quotes(phone->name) + " is rung by no route", problems);
  }
}

}  // namespace

void reach_from(const Hotline& hotline, std::set<const Group*>& reached) {
  for (const Route& route : hotline.routes) reach(route.to, reached);
  for (const auto& set : hotline.route_sets) {
    for (const Route& route : set->routes) reach(route.to, reached);
  }
  reach(hotline.otherwise.to, reached);
  if (hotline.month_cap) reach(hotline.at_cap, reached);
}

void report_unreachable(const routing::Snapshot& snapshot, const std::set<const Group*>& told,
                        Problems& problems) {
  std::set<const Group*> reached;
  for (const auto& [number, hotline] : snapshot.hotlines) reach_from(*hotline, reached);
  for (const auto& [number, hotline] : snapshot.hotlines) {
    if (number != hotline->number) continue;
    report_hidden(hotline->routes, problems);
    for (const auto& set : hotline->route_sets) report_hidden(set->routes, problems);
    report_unreached(*hotline, reached, told, problems);
  }
}

}  // namespace hotline::config
