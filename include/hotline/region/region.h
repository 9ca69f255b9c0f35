// Where a number belongs: province, city, area code, carrier. An immutable table, one array
// access per lookup; safe to read from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/number/number.h"

namespace hotline::region {

// Index of a place in its table. Places are cities (or a whole province, where no more is known)
// and the five that are no mainland place: unknown, withheld, 香港, 澳门, 台湾, 境外 (abroad).
using PlaceId = std::uint16_t;

struct Place {
  std::string province;   // "江苏"; "未知" for the unknown place
  std::string city;       // "苏州"; empty where only the province is known
  std::string area_code;  // "0512"; empty where several or none apply
};

enum class Carrier : std::uint8_t { unknown, mobile, unicom, telecom, broadnet };
// "移动", "联通", "电信", "广电", "" : the word in records.
std::string_view to_string(Carrier carrier);

struct Located {
  PlaceId place = 0;
  Carrier carrier = Carrier::unknown;
};

// A set of places, as a route's `region` condition names them. One bit test per call.
class PlaceSet {
 public:
  void insert(PlaceId place);
  bool contains(PlaceId place) const;
  bool empty() const { return words_.empty(); }

 private:
  std::vector<std::uint64_t> words_;
};

// The first places of every table.
inline constexpr PlaceId kUnknown = 0;
inline constexpr PlaceId kWithheld = 1;
inline constexpr PlaceId kHongkong = 2;
inline constexpr PlaceId kMacau = 3;
inline constexpr PlaceId kTaiwan = 4;
inline constexpr PlaceId kAbroad = 5;

class Table {
 public:
  // Where the number belongs; what the table lacks is kUnknown. Never fails.
  Located locate(const number::Number& number) const;
  const Place& place(PlaceId id) const;

  // The places a name stands for: a province (all its cities), a city, an area code ("0512"), or
  // one of 香港 澳门 台湾 境外 withheld unknown.
  // Errors: nullopt where the table knows no such name.
  std::optional<PlaceSet> named(std::string_view name) const;
};

// The table built into the program, made at build time from libphonenumber's geocoder.
std::shared_ptr<const Table> builtin_table();

}  // namespace hotline::region
