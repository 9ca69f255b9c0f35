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

void report_hidden(const routing::Routes& routes, Problems& problems) {
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

class Reaching {
 public:
  explicit Reaching(Reached& reached) : reached_(reached) {}

  void to(const Target& target) {
    std::visit([this](const auto& what) { reach(what); }, target);
  }
  void through(const routing::Routes& routes) {
    for (const Route& route : routes) to(route.to);
  }

 private:
  void reach(Cause) {}
  void reach(const routing::Voicemail*) {}
  void reach(const routing::RouteSet* set) {
    if (sets_.insert(set).second) through(set->routes);
  }
  void reach(const Group* group) {
    if (!reached_.groups.insert(group).second) return;
    to(group->on_busy);
    to(group->on_no_answer);
    to(group->on_closed);
  }
  void reach(const routing::Menu* menu) {
    if (!reached_.menus.insert(menu).second) return;
    for (const routing::Option& option : menu->options) {
      if (!option.repeats) to(option.to);
    }
    to(menu->otherwise);
  }
  void reach(const routing::Queue* queue) {
    if (!reached_.queues.insert(queue).second) return;
    to(queue->group);
    for (const routing::Option& option : queue->options) to(option.to);
    to(queue->on_full);
    to(queue->on_timeout);
  }

  Reached& reached_;
  std::set<const routing::RouteSet*> sets_;
};

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

void reach_from(const Hotline& hotline, Reached& reached) {
  Reaching reaching(reached);
  reaching.through(hotline.routes);
  for (const auto& set : hotline.route_sets) reaching.through(set->routes);
  reaching.to(hotline.otherwise.to);
  if (hotline.month_cap) reaching.to(hotline.at_cap);
}

void report_unreachable(const routing::Snapshot& snapshot, const std::set<const Group*>& told,
                        Problems& problems) {
  Reached reached;
  for (const auto& [number, hotline] : snapshot.hotlines) reach_from(*hotline, reached);
  for (const auto& [number, hotline] : snapshot.hotlines) {
    if (number != hotline->number) continue;
    report_hidden(hotline->routes, problems);
    for (const auto& set : hotline->route_sets) report_hidden(set->routes, problems);
    report_unreached(*hotline, reached.groups, told, problems);
  }
}

}  // namespace hotline::config
