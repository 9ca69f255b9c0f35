// What hotline.toml says: the server's settings, and the things hotlines refer to.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hotline/billing/tariff.h"
#include "hotline/routing/caller_list.h"
#include "hotline/routing/prompt.h"
#include "hotline/routing/rate.h"
#include "hotline/routing/screening.h"
#include "hotline/routing/trunk.h"
#include "hotline/schedule/schedule.h"

#include "config/document.h"
#include "config/folder.h"
#include "config/load.h"
#include "config/problems.h"
#include "config/region_names.h"
#include "config/registry.h"

namespace hotline::config {

// Where one load stands.
struct Loading {
  Folder& folder;
  const Context& context;
  Problems& problems;
  RegionNames regions;
};

// Null in a registry: defined, but wrong.
struct Platform {
  // Where a phone needs it first.
  routing::PromptRef confirm_prompt(const routing::Source& needed_at);

  Settings settings;
  std::shared_ptr<const region::Table> regions;  // the context's, with the overrides over it
  std::vector<routing::Trunk> trunk_list;        // in the order written
  std::vector<std::shared_ptr<const schedule::Schedule>> schedule_list;  // by name
  Registry<routing::Trunk> trunks{"trunk"};
  Registry<routing::Pricing> packages{"package"};
  std::map<std::string, routing::Pricing, std::less<>> pricing;  // by package
  Registry<std::shared_ptr<const schedule::Schedule>> schedules{"schedule"};
  Registry<std::shared_ptr<const routing::CallerList>> caller_lists{"caller list"};
  std::map<std::string, std::shared_ptr<const routing::AccountRules>, std::less<>> accounts;
  std::map<std::string, billing::Service, std::less<>> services;
  // What packages have that name any; one that names none has all.
  std::map<std::string, std::set<std::string>, std::less<>> features;
  routing::Screening screening;
  std::optional<routing::Guard> guard;
  std::map<std::string, routing::PromptRef, std::less<>> prompts;  // by path, of all levels
  std::shared_ptr<const routing::Announcements> announcements;     // null: none
  std::string recording_name;                                      // of [recording]
  std::string confirm_path;     // [media] confirm_prompt; loaded where a phone needs it
  routing::PromptRef ringback;  // of the platform
  routing::PromptRef hold_music;
  bool credit_tone = true;
  std::uint32_t max_calls_per_caller = 0;
  routing::Source max_calls_source;
};

// Reads hotline.toml and the files it names.
Platform read_platform(Loading& loading);

// Does the server listen on an address of the same transport and IP version as that place? From no
// other can anything be sent there.
bool listens_towards(const Settings& settings, const routing::Endpoint& place);
inline constexpr const char* kNoWayThere =
    " cannot be reached: server.listen has no address of that transport and IP version";

// The caller lists of those names; one that is unknown, or named twice, is reported.
routing::CallerLists named_lists(const std::vector<Text>& names, Platform& platform,
                                 FileProblems& problems);

// The keys `blacklists` and `whitelists` of a section.
routing::Screening read_screening_lists(const Reader& section, Platform& platform,
                                        FileProblems& problems);

// What a section says of a tariff, over `own` where it is silent; null: over the defaults.
billing::Tariff read_tariff(const Reader& section, const billing::Tariff* own,
                            FileProblems& problems);

// What that key names, kept in `platform.prompts`. Requires: its settings are read.
// Errors: null, reported; null too where the key is absent.
routing::PromptRef read_prompt(const Reader& section, std::string_view key, Platform& platform,
                               FileProblems& problems);

// The key `confirm_prompt`, which is loaded only where a phone needs it.
void read_confirm_prompt(const Reader& media, Platform& platform, FileProblems& problems);

// The key `announcements`, over those of the level further out; null: none at all.
std::shared_ptr<const routing::Announcements> read_announcements(
    const Reader& section, const std::shared_ptr<const routing::Announcements>& outer,
    Platform& platform, FileProblems& problems);

// A month_cap.
routing::MonthCap read_month_cap(const Reader& cap, FileProblems& problems);

// The name of a section: of its key `name`, or of [section.NAME]. Errors: nullopt, reported.
std::optional<Text> section_name(const Reader& section, FileProblems& problems);

// Of platform.cpp alone: each reads the sections of one name.
Settings read_settings(const Document& document, FileProblems& problems);
std::string read_recording_name(const Document& document, FileProblems& problems);
void read_trunks(const Document& document, Platform& platform, FileProblems& problems,
                 Loading& loading);
void read_packages(const Document& document, Platform& platform, FileProblems& problems,
                   Loading& loading);
void read_services(const Document& document, Platform& platform, FileProblems& problems);
void read_schedules(const Document& document, Platform& platform, FileProblems& problems,
                    Loading& loading);
void read_screening(const Document& document, Platform& platform, FileProblems& problems);
void read_account_rules(const Document& document, Platform& platform, FileProblems& problems);
void read_caller_lists(const Document& document, Platform& platform, FileProblems& problems,
                       Loading& loading);

}  // namespace hotline::config
