// Names of regions as places of the table, each looked up once in a load: ten thousand hotlines
// name the same few.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hotline/region/region.h"

#include "config/problems.h"
#include "config/reader.h"

namespace hotline::config {

class RegionNames {
 public:
  explicit RegionNames(std::shared_ptr<const region::Table> table) : table_(std::move(table)) {}

  // All the places those names stand for; one the table does not know is reported. The same names
  // give the same set, not another of its kind: routes then find it in the processor's cache.
  region::PlaceSet find(const std::vector<Text>& names, FileProblems& problems);

 private:
  using Places = std::vector<region::PlaceId>;  // empty: no such name

  const Places& places_of(const std::string& name);

  std::shared_ptr<const region::Table> table_;
  std::map<std::string, Places> known_;
  std::map<std::string, region::PlaceSet> sets_;  // by their names, a line each
};

}  // namespace hotline::config
