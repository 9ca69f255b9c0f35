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

// Calls go on there without anybody's wish: by keys a caller may go round as long as it likes.
class Circles {
 public:
  explicit Circles(Problems& problems) : problems_(problems) {}

  template <class Thing>
  void report(const char* word, const Thing& thing) {
    seen_.clear();
    wanted_ = &thing;
    if (!goes_on(thing)) return;
    FileProblems(problems_, thing.source.file)
        .error({thing.source.line, thing.source.column},
               word + (" " + in_quotes(thing.name)) +
                   ": what happens when nobody takes the call leads back to it; a call would go "
                   "round for ever");
  }

 private:
  bool leads_back(const routing::Target& target) {
    return std::visit([this](const auto& what) { return leads(what); }, target);
  }
  bool leads(Cause) { return false; }
  bool leads(const routing::Voicemail*) { return false; }
  bool leads(const routing::RouteSet*) { return false; }
  template <class Thing>
  bool leads(const Thing* thing) {
    if (thing == nullptr) return false;
    return thing == wanted_ || (seen_.insert(thing).second && goes_on(*thing));
  }

  bool goes_on(const Group& group) {
    return leads_back(group.on_busy) || leads_back(group.on_no_answer) ||
           leads_back(group.on_closed);
  }
  bool goes_on(const routing::Menu& menu) { return leads_back(menu.otherwise); }
  bool goes_on(const routing::Queue& queue) {
    return leads_back(queue.on_full) || leads_back(queue.on_timeout) ||
           (queue.group != nullptr && leads_back(queue.group->on_closed));
  }

  Problems& problems_;
  const void* wanted_ = nullptr;
  std::set<const void*> seen_;
};

// A sticky group asks who answered the caller last, whichever hotline was called.
void remember_for_others(Hotline& hotline) {
  Reached reached;
  reach_from(hotline, reached);
  hotline.remembers_callers |= std::any_of(reached.groups.begin(), reached.groups.end(),
                                           [](const Group* group) { return group->sticky; });
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
  Circles circles(problems);
  for (const auto& [number, hotline] : snapshot.hotlines) {
    if (number != hotline->number) continue;
    for (const auto& group : hotline->groups) circles.report("group", *group);
    for (const auto& menu : hotline->menus) circles.report("menu", *menu);
    for (const auto& queue : hotline->queues) circles.report("queue", *queue);
  }
  if (problems.any_errors()) return;
  for (const auto& hotline : shared.hotlines) remember_for_others(*hotline);
  report_unreachable(snapshot, told, problems);
}

}  // namespace hotline::config
