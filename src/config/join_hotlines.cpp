// What can be said only when all hotlines are read: references from one to another, groups that
// nobody refers to, overflows that never end.

#include <algorithm>
#include <set>

#include "config/hotline_file.h"
#include "config/spelling.h"

namespace hotline::config {
namespace {

using routing::Group;
using routing::Hotline;

const Group* find_group(const Hotline& hotline, const std::string& name) {
  for (const auto& group : hotline.groups) {
    if (group->name == name) return group.get();
  }
  return nullptr;
}

std::vector<std::string_view> names_of_groups(const Hotline& hotline) {
  std::vector<std::string_view> names;
  for (const auto& group : hotline.groups) names.push_back(group->name);
  return names;
}

// Errors: null, reported.
const Group* resolve(CrossReference& reference, const routing::Snapshot& snapshot) {
  const Hotline* hotline = snapshot.find(reference.number);
  if (hotline == nullptr) {
    reference.problems.error(reference.at, "there is no hotline " + reference.number);
    return nullptr;
  }
  if (hotline->account != reference.account) {
    reference.problems.error(reference.at, "hotline " + reference.number + " is of account " +
                                               in_quotes(hotline->account) + ", this one of " +
                                               in_quotes(reference.account) +
                                               ": calls stay with one customer");
    return nullptr;
  }
  const Group* group = find_group(*hotline, reference.group);
  if (group == nullptr) {
    reference.problems.error(reference.at,
                             "hotline " + reference.number + " has no group " +
                                 in_quotes(reference.group) +
                                 did_you_mean(reference.group, names_of_groups(*hotline)));
  }
  return group;
}

// Where the group's calls may go on.
std::vector<const Group*> next_of(const Group& group) {
  std::vector<const Group*> next;
  for (const routing::Target* target : {&group.on_busy, &group.on_no_answer, &group.on_closed}) {
    const auto* to = std::get_if<const Group*>(target);
    if (to != nullptr) next.push_back(*to);
  }
  return next;
}

bool leads_to(const Group& from, const Group& wanted, std::set<const Group*>& seen) {
  if (!seen.insert(&from).second) return false;
  const auto next = next_of(from);
  return std::any_of(next.begin(), next.end(),
                     [&](const Group* to) { return to == &wanted || leads_to(*to, wanted, seen); });
}

void report_circle(const Group& group, Problems& problems) {
  std::set<const Group*> seen;
  if (!leads_to(group, group, seen)) return;
  FileProblems(problems, group.source.file)
      .error({group.source.line, group.source.column},
             "group " + in_quotes(group.name) +
                 ": what happens when nobody takes the call leads back to it; a call would go "
                 "round for ever");
}

// A sticky group asks who answered the caller last, whichever hotline was called.
void remember_for_others(Hotline& hotline) {
  std::set<const Group*> reached;
  reach_from(hotline, reached);
  hotline.remembers_callers |=
      std::any_of(reached.begin(), reached.end(), [](const Group* group) { return group->sticky; });
}

}  // namespace

void join_hotlines(Shared& shared, const routing::Snapshot& snapshot, Problems& problems) {
  std::set<const Group*> referred;
  std::set<const Group*> told;
  for (CrossReference& reference : shared.cross_references) {
    const Group* group = resolve(reference, snapshot);
    if (group == nullptr) continue;
    *reference.to = group;
    referred.insert(group);
  }
  for (LoneGroup& lone : shared.lone_groups) {
    if (referred.contains(lone.group)) continue;
    lone.problems.warning(lone.at, "group " + in_quotes(lone.group->name) + " is not used");
    told.insert(lone.group);
  }
  for (const auto& [number, hotline] : snapshot.hotlines) {
    if (number != hotline->number) continue;
    for (const auto& group : hotline->groups) report_circle(*group, problems);
  }
  if (problems.any_errors()) return;
  for (const auto& hotline : shared.hotlines) remember_for_others(*hotline);
  report_unreachable(snapshot, told, problems);
}

}  // namespace hotline::config
