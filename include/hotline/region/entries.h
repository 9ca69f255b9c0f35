// What a file of regions says, of prefixes of mobiles and of area codes: where they belong, and
// whose network they are. Read from phone.dat or CSV (hotline/region/reading.h) and laid over a
// table.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hotline/region/region.h"

namespace hotline::region {

struct Entry {
  std::uint32_t prefix = 0;  // its digits as a number; an area code's without its 0
  std::uint8_t digits = 0;   // so many; of mobiles 3 to 7
  bool is_area_code = false;
  std::optional<std::uint16_t> place;  // in Entries::places; absent: nothing is said of it
  std::optional<Carrier> carrier;      // of mobiles; absent: nothing is said of it

  friend bool operator==(const Entry&, const Entry&) = default;
};

// "1390001", "0512".
std::string prefix_text(const Entry& entry);

struct Entries {
  std::vector<Place> places;
  // Mobiles, then area codes; of each the shorter first, then by number. No two of one prefix.
  std::vector<Entry> list;
};

// The table with those entries laid over it. A longer prefix wins against a shorter one; what is
// not said stays as it is in `base`.
std::shared_ptr<const Table> overlay(const Table& base, const Entries& entries);

// The entries as a CSV that read_csv() gives back.
std::string to_csv(const Entries& entries);

}  // namespace hotline::region
