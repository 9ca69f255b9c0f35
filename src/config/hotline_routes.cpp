// The routes of a hotline and their conditions.

#include <algorithm>
#include <utility>

#include "config/hotline_file.h"
#include "config/values.h"

namespace hotline::config {
namespace {

using routing::Route;
using routing::RouteSet;

constexpr const char* kOtherwise = "otherwise";

// The carriers' words, in the order of the enumeration.
region::Carrier carrier_from(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(region::Carrier::broadnet); ++i) {
    const auto carrier = static_cast<region::Carrier>(i);
    if (region::to_string(carrier) == word) return carrier;
  }
  return region::Carrier::unknown;
}

routing::AccountState state_from(std::string_view word) {
  for (int i = 0; i < static_cast<int>(routing::AccountState::suspended); ++i) {
    const auto state = static_cast<routing::AccountState>(i);
    if (routing::to_string(state) == word) return state;
  }
  return routing::AccountState::suspended;
}

// "2026-12-31", "2026-10-01..2026-10-07".
std::optional<routing::DateRange> parse_dates(std::string_view text) {
  constexpr std::string_view kTo = "..";
  const auto dots = text.find(kTo);
  const auto first = parse_date(text.substr(0, dots));
  const auto last =
      dots == std::string_view::npos ? first : parse_date(text.substr(dots + kTo.size()));
  if (!first || !last || *last < *first) return std::nullopt;
  return routing::DateRange{*first, *last};
}

// Does a chain of jumps from this set lead to that one?
bool leads_to(const RouteSet& from, const RouteSet& wanted, std::set<const RouteSet*>& seen) {
  if (!seen.insert(&from).second) return false;
  return std::any_of(from.routes.begin(), from.routes.end(), [&](const Route& route) {
    const auto* set = std::get_if<const RouteSet*>(&route.to);
    return set != nullptr && (*set == &wanted || leads_to(**set, wanted, seen));
  });
}

}  // namespace

std::vector<routing::DateRange> HotlineFile::read_dates(const Reader& when) {
  std::vector<routing::DateRange> dates;
  for (const Text& text : when.texts("date")) {
    if (const auto range = parse_dates(text.value)) {
      dates.push_back(*range);
    } else {
      problems_.error(text.at, "date: " + in_quotes(text.value) +
                                   " is no date nor range of dates; wanted is "
                                   "\"2026-10-01..2026-10-07\"");
    }
  }
  return dates;
}

routing::Condition HotlineFile::read_condition(const Reader& when) {
  routing::Condition condition;
  condition.region = shared_.regions.find(when.texts("region"), problems_);
  for (const Text& name : when.texts("schedule")) {
    condition.schedules.push_back(find_schedule(name));
  }
  condition.caller_lists = named_lists(when.texts("caller_list"), shared_.platform, problems_);
  for (const Text& word : when.texts("kind")) {
    condition.kinds.insert(number::kind_from_string(word.value).value());
  }
  for (const Text& word : when.texts("carrier")) {
    condition.carriers.insert(carrier_from(word.value));
  }
  condition.dates = read_dates(when);
  read_moment(when, condition);
  return condition;
}

// What depends on more than the caller and the time.
void HotlineFile::read_moment(const Reader& when, routing::Condition& condition) {
  for (const Text& word : when.texts("account")) condition.account.insert(state_from(word.value));
  for (const Text& name : when.texts("busy")) {
    if (auto* const* group = groups_.find(name, problems_)) condition.busy.push_back(*group);
  }
  if (when.has("repeat_within_h")) {
    condition.repeat_within = std::chrono::hours(when.whole("repeat_within_h"));
    hotline_->remembers_callers = true;
  }
  if (when.has("share")) condition.share = static_cast<std::uint8_t>(when.whole("share"));
}

std::string HotlineFile::route_name(const Reader& section) {
  const auto name = section_name(section, problems_);
  if (!name) return "";
  if (name->value == kOtherwise) {
    problems_.error(name->at, "name: the last route alone is called otherwise");
  } else if (!route_names_.insert(name->value).second) {
    problems_.error(name->at, "route " + in_quotes(name->value) + " is already defined");
  }
  return name->value;
}

void HotlineFile::read_route(const Reader& section, std::vector<Route>& routes) {
  Route& route = routes.emplace_back();
  route.source = problems_.source(section.at());
  route.name = route_name(section);
  if (const auto when = section.inner("when")) route.when = read_condition(*when);
  route.to = Cause::closed;
  read_target(section, "to", Jump::yes, route.to);
}

void HotlineFile::name_route_sets(const std::vector<Reader>& sections) {
  for (const Reader& section : sections) {
    const auto name = section.text("set");
    if (!name || sets_.knows(name->value)) continue;
    auto set = std::make_unique<RouteSet>();
    set->name = name->value;
    set->source = problems_.source(section.at());
    sets_.add({name->value, section.at()}, set.get(), problems_);
    hotline_->route_sets.push_back(std::move(set));
  }
}

void HotlineFile::read_routes() {
  const auto sections = document_.all("route");
  name_route_sets(sections);
  std::map<RouteSet*, std::vector<Route>> routes;  // null: the hotline's own
  for (const Reader& section : sections) {
    std::vector<Route>& list = routes[set_of(section)];
    // Cross references keep where a target stands: no list may move while it grows.
    list.reserve(sections.size());
    read_route(section, list);
  }
  for (auto& [set, list] : routes) {
    (set == nullptr ? hotline_->routes : set->routes) = routing::Routes(std::move(list));
  }
  report_circles_of_sets();
  if (const auto section = document_.one(kOtherwise)) {
    hotline_->otherwise.name = kOtherwise;
    hotline_->otherwise.source = problems_.source(section->at());
    hotline_->otherwise.to = Cause::closed;
    read_target(*section, "to", Jump::no, hotline_->otherwise.to);
  }
}

RouteSet* HotlineFile::set_of(const Reader& section) {
  const auto name = section.text("set");
  if (!name) return nullptr;
  const auto set = std::find_if(hotline_->route_sets.begin(), hotline_->route_sets.end(),
                                [&](const auto& one) { return one->name == name->value; });
  return set->get();
}

void HotlineFile::report_circles_of_sets() {
  for (const auto& set : hotline_->route_sets) {
    std::set<const RouteSet*> seen;
    if (!leads_to(*set, *set, seen)) continue;
    problems_.error({set->source.line, set->source.column},
                    "route set " + in_quotes(set->name) + " jumps to itself in the end");
  }
}

}  // namespace hotline::config
