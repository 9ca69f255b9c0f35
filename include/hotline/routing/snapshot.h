// One accepted configuration, whole. A reload swaps the snapshot between two events; a live call
// keeps the one it began with.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hotline/billing/accounts.h"
#include "hotline/routing/directory.h"
#include "hotline/routing/hotline.h"
#include "hotline/routing/trunk.h"

namespace hotline::routing {

struct Snapshot {
  Directory hotlines;                                  // by each of their numbers
  Screening screening;                                 // of the platform
  std::optional<Guard> guard;                          // against malicious callers
  std::uint32_t max_calls_per_caller = 0;              // live at a time; 0: no limit
  Source max_calls_source;                             // where that was written
  PromptRef ringback;                                  // of the platform; null: none
  std::shared_ptr<const Announcements> announcements;  // of numbers that are nobody's; null: none
  bool credit_tone = true;                             // before a call's money ends
  std::vector<PromptRef> prompts;                      // of all levels, each once
  std::vector<Trunk> trunks;
  std::string realm;                                     // that phones register in
  std::unordered_map<std::string, std::string> ha1s;     // of those that do, by user (RFC 2617)
  std::map<std::string, Pricing, std::less<>> packages;  // by name, used or not
  std::string recording_name;  // of the files of recordings (cdr/recording_name.h)
  std::shared_ptr<const region::Table> regions;
  billing::TermsOf terms;                                         // what accounts have agreed to
  std::map<std::string, billing::Service, std::less<>> services;  // that they may buy

  // Null where nobody owns that number.
  const Hotline* find(std::string_view number) const { return hotlines.find(number); }
  // The phone that records of calls to that hotline name so; null: there is none.
  const Phone* phone(const Hotline& called, const std::string& name) const;
  // Null where no trunk has that name.
  const Trunk* trunk(std::string_view name) const;
};

}  // namespace hotline::routing
