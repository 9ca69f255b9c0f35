// One file of hotlines/ becomes a routing::Hotline: first whom it belongs to and its phones
// (hotline_file.cpp), then its groups and routes (hotline_rules.cpp).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "hotline/routing/hotline.h"

#include "config/document.h"
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

// What the files of hotlines/ share while they are read.
struct Shared {
  Platform& platform;
  const Context& context;
  RegionNames& regions;
  std::map<std::string, LinesSaid> lines;  // by line_key
};

class HotlineFile {
 public:
  HotlineFile(const Document& document, Shared& shared, FileProblems& problems)
      : document_(document), shared_(shared), problems_(problems) {}

  // Errors: reported; what comes back is then not to be used, its number apart.
  std::unique_ptr<const routing::Hotline> read();

 private:
  void read_owner();
  std::string hotline_number(const Reader& section);

  void read_phones();
  std::unique_ptr<routing::Phone> read_phone(const Reader& section);
  std::optional<routing::PhoneAddress> read_address(const Reader& section);
  std::optional<routing::PhoneAddress> read_trunk_number(const Reader& section);
  void compare_lines(const routing::Phone& phone, Place at);

  void read_groups();
  void check_early_media();
  std::vector<const routing::Phone*> group_phones(const Reader& section);
  Cause refusal(const Reader& section, std::string_view key);

  void read_routes();
  routing::Condition read_condition(const Reader& when);
  std::optional<routing::Target> read_target(const Reader& section);

  std::shared_ptr<const schedule::Schedule> find_schedule(const Text& name);

  const Document& document_;
  Shared& shared_;
  FileProblems& problems_;
  std::unique_ptr<routing::Hotline> hotline_ = std::make_unique<routing::Hotline>();
  Registry<const routing::Phone*> phones_{"phone"};
  Registry<const routing::Group*> groups_{"group"};
};

// "4001234567": 400 and seven digits.
bool is_hotline_number(std::string_view text);

}  // namespace hotline::config
