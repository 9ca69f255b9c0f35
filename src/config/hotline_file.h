// One file of hotlines/ becomes a routing::Hotline: whom it belongs to (hotline_file.cpp), its
// phones (hotline_phones.cpp), groups (hotline_groups.cpp), menus and queues (hotline_menus.cpp),
// routes (hotline_routes.cpp), and where they send calls (hotline_targets.cpp).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "hotline/routing/hotline.h"
#include "hotline/routing/snapshot.h"

#include "config/document.h"
#include "config/folder.h"
#include "config/platform.h"
#include "config/problems.h"
#include "config/region_names.h"
#include "config/registry.h"

namespace hotline::config {

// How many lines a real phone was said to have, and where.
struct LinesSaid {
  std::uint32_t lines = 1;
  routing::Source source;
};

// "hotline:NUMBER/GROUP", to be found when all files are read.
struct CrossReference {
  routing::Target* to = nullptr;
  std::string account;  // of the hotline that refers: both must be one customer's
  std::string number;
  std::string group;
  Place at;
  FileProblems problems;
};

// A group that nothing in its own file refers to.
struct LoneGroup {
  const routing::Group* group = nullptr;
  Place at;
  FileProblems problems;
};

// What the files of hotlines/ share while they are read.
struct Shared {
  Platform& platform;
  const Context& context;
  RegionNames& regions;
  Folder& folder;
  std::unordered_map<std::string, std::string> ha1s{};        // of users that register
  std::map<std::string, LinesSaid> lines{};                   // by line_key
  std::vector<std::shared_ptr<routing::Hotline>> hotlines{};  // those with errors, too
  std::vector<CrossReference> cross_references{};
  std::vector<LoneGroup> lone_groups{};
};

// Finds what cross references name, warns of groups nobody refers to, reports overflows that go
// round in circles, and has hotlines remember callers for the groups of others that their calls
// get to. Requires: all files are read.
void join_hotlines(Shared& shared, const routing::Snapshot& snapshot, Problems& problems);

class HotlineFile {
 public:
  HotlineFile(const Document& document, Shared& shared, FileProblems& problems)
      : document_(document), shared_(shared), problems_(problems) {}

  // Errors: reported; what comes back is then not to be used, its number apart.
  std::shared_ptr<routing::Hotline> read();

 private:
  // May a target at this place jump to a route set?
  enum class Jump : bool { no, yes };

  void read_owner();
  std::string hotline_number(const Reader& section);
  void read_aliases(const Reader& section);
  void read_account(const Reader& section);
  void read_transfers(const Reader& section);

  void read_phones();
  std::unique_ptr<routing::Phone> read_phone(const Reader& section);
  std::optional<routing::PhoneAddress> read_user(const Reader& section);
  std::optional<routing::PhoneAddress> read_address(const Reader& section);
  std::optional<routing::PhoneAddress> read_trunk_number(const Reader& section);
  void compare_lines(const routing::Phone& phone, Place at);

  void read_groups();
  void read_order(const Reader& section, routing::Group& group);
  void check_early_media();
  void mark_ringback();
  void read_recording(const Reader& section);
  // The key `record`.
  bool read_record(const Reader& section);
  // Errors: reported, where nothing can be recorded.
  void check_recording(Place at, const std::string& key);
  routing::Members group_phones(const Reader& section);
  void mark_history(const routing::Group& group);
  void read_month_cap();

  // Groups refer to menus and queues, and these to groups: they have names first.
  // Makes what a section is about, known by its name from then on.
  template <class List, class Thing>
  Thing& add_named(const Reader& section, List& things, Registry<Thing*>& known) {
    Thing& thing = *things.emplace_back(std::make_unique<Thing>());
    thing.source = problems_.source(section.at());
    if (const auto name = section_name(section, problems_)) {
      thing.name = name->value;
      thing.key = hotline_->number + "/" + name->value;
      known.add(*name, &thing, problems_);
    }
    return thing;
  }
  void name_menus();
  void read_voicemails();
  void read_menus();
  void read_menu(const Reader& section, routing::Menu& menu);
  void read_queue(const Reader& section, routing::Queue& queue);
  std::vector<routing::Option> read_keys(const Reader& section, std::size_t most, Jump jump);
  // The package has it. Errors: reported.
  void need_feature(const std::string& feature, Place at);

  void read_routes();
  void name_route_sets(const std::vector<Reader>& sections);
  void read_route(const Reader& section, std::vector<routing::Route>& routes);
  std::string route_name(const Reader& section);
  // Null: that route is of the hotline's own.
  routing::RouteSet* set_of(const Reader& section);
  routing::Condition read_condition(const Reader& when);
  void read_moment(const Reader& when, routing::Condition& condition);
  std::vector<routing::DateRange> read_dates(const Reader& when);
  void report_circles_of_sets();

  // Reads the target in that key into a place that stays where it is.
  void read_target(const Reader& section, std::string_view key, Jump jump, routing::Target& to);
  void refer_to_hotline(const Text& text, std::string_view key, routing::Target& to);
  void read_target(const Text& text, std::string_view key, Jump jump, routing::Target& to);
  const routing::Group* outside_number(const Text& text, std::string_view key);
  const routing::Group* single_phone(const Text& text);

  std::shared_ptr<const schedule::Schedule> find_schedule(const Text& name);

  const Document& document_;
  std::optional<Reader> owner_;  // [hotline]
  Shared& shared_;
  FileProblems& problems_;
  std::shared_ptr<routing::Hotline> hotline_ = std::make_shared<routing::Hotline>();
  Registry<const routing::Phone*> phones_{"phone"};
  Registry<routing::Group*> groups_{"group"};
  Registry<routing::RouteSet*> sets_{"route set"};
  Registry<routing::Menu*> menus_{"menu"};
  Registry<routing::Queue*> queues_{"queue"};
  Registry<routing::Voicemail*> voicemails_{"voicemail"};
  std::map<std::string, const routing::Group*> outside_;  // by what was written: numbers, phones
  std::set<std::string> route_names_;
};

// What calls may get to.
struct Reached {
  std::set<const routing::Group*> groups;
  std::set<const routing::Menu*> menus;
  std::set<const routing::Queue*> queues;
};
// Adds what calls of that hotline may get to.
// Requires: no errors.
void reach_from(const routing::Hotline& hotline, Reached& reached);

// Warns of what no call gets to; of groups in `told` that has been said.
// Requires: no errors.
void report_unreachable(const routing::Snapshot& snapshot,
                        const std::set<const routing::Group*>& told, Problems& problems);

// "4001234567": 400 and seven digits.
bool is_hotline_number(std::string_view text);

}  // namespace hotline::config
