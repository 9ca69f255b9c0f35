// Where a number belongs: province, city, area code, carrier. An immutable table, one array
// access per lookup; safe to read from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/number/number.h"

namespace hotline::region {

// Index of a place in its table. Places are cities (or a whole province, where no more is known)
// and the six that are no mainland place: unknown, withheld, 香港, 澳门, 台湾, 境外 (abroad).
using PlaceId = std::uint16_t;

struct Place {
  std::string province;   // "江苏"; "未知" for the unknown place, "隐藏" for the withheld one
  std::string city;       // "苏州"; empty where only the province is known
  std::string area_code;  // "0512"; a city's main one; empty where only the province is known

  friend bool operator==(const Place&, const Place&) = default;
};

enum class Carrier : std::uint8_t { unknown, mobile, unicom, telecom, broadnet };

// "移动", "联通", "电信", "广电", "" : the word in records.
std::string_view to_string(Carrier carrier);

// The first and the last 7-digit prefix of mainland mobiles.
inline constexpr std::uint32_t kFirstMobile = 1'300'000;
inline constexpr std::uint32_t kLastMobile = 1'999'999;

struct Located {
  PlaceId place = 0;
  Carrier carrier = Carrier::unknown;

  friend bool operator==(const Located&, const Located&) = default;
};

// A set of places, as a route's `region` condition names them. One bit test per call. Copies share
// what they hold until one of them is written: thousands of routes name the same few sets.
class PlaceSet {
 public:
  class View;

  void insert(PlaceId place);
  bool contains(PlaceId place) const;
  // Does it contain all places of the other?
  bool covers(const PlaceSet& other) const;
  bool empty() const { return words_ == nullptr; }

 private:
  using Words = std::vector<std::uint64_t>;

  std::shared_ptr<const Words> words_;  // null: none
};

// A set in half the room, while the set itself lives and is not written.
class PlaceSet::View {
 public:
  View() = default;  // empty
  explicit View(const PlaceSet& set) : words_(set.words_.get()) {}
  bool contains(PlaceId place) const {
    const std::size_t word = place / 64;
    return words_ != nullptr && word < words_->size() && ((*words_)[word] >> (place % 64) & 1) != 0;
  }
  bool empty() const { return words_ == nullptr; }

 private:
  const Words* words_ = nullptr;
};

// The first places of every table.
inline constexpr PlaceId kUnknown = 0;
inline constexpr PlaceId kWithheld = 1;
inline constexpr PlaceId kHongkong = 2;
inline constexpr PlaceId kMacau = 3;
inline constexpr PlaceId kTaiwan = 4;
inline constexpr PlaceId kAbroad = 5;

// The province that a name stands for, in short, as places have it: "江苏省" → "江苏". Also 香港
// 澳门 台湾 境外, and 未知 and 隐藏 or "unknown" and "withheld". Errors: nullopt for any other
// name.
std::optional<std::string> province_named(std::string_view name);
// The name that a misspelt one may stand for; empty where none is near.
std::string nearest_province(std::string_view name);

class Table {
 public:
  // Where the number belongs; what the table lacks is kUnknown. Never fails.
  Located locate(const number::Number& number) const;

  // Requires: an id of this table.
  const Place& place(PlaceId id) const;

  // How many places there are; their ids are 0 … size() - 1.
  std::size_t size() const { return places_.size(); }

  // The places a name stands for: a province (all its cities), a city, an area code ("0512"), or
  // one of 香港 澳门 台湾 境外 withheld unknown. 省, 市, 自治区, 自治州, 地区, 盟 may follow the
  // name; without them a name that is both a province and a city (吉林) is the province. A city may
  // stand behind its province (江苏苏州, 吉林省吉林市).
  // Errors: nullopt where the table knows no such name.
  std::optional<PlaceSet> named(std::string_view name) const;

  // The name that a misspelt one may stand for: "江荪" → "江苏"; empty where none is near.
  std::string nearest(std::string_view name) const;

 private:
  friend class TableBuilder;
  Table();

  // A Located in half the room, for more of the table stays in the processor's cache.
  struct Packed {
    std::uint16_t place : 13;
    std::uint16_t carrier : 3;
  };
  static constexpr std::uint16_t kMostPlaces = 1 << 13;
  static constexpr std::uint16_t kMostCarriers = 1 << 3;

  Located locate_mobile(std::string_view national) const;
  Located locate_landline(std::string_view national) const;

  std::vector<Place> places_;
  std::vector<Packed> mobile_;     // by 7-digit prefix, from 1300000
  std::vector<PlaceId> landline_;  // by area code without its trunk 0
};

// Makes a Table from its sources, in any order. Used for the builtin table, imports and tests.
class TableBuilder {
 public:
  TableBuilder();
  // Begins with what that table says; its places keep their ids.
  explicit TableBuilder(const Table& base);

  // The id of a place, made at the first call that names it. Spellings of one city ("兴安盟",
  // "兴安") are one place; its area code is the one given first. An empty city is the province.
  PlaceId place(std::string_view province, std::string_view city, std::string_view area_code);

  // Where mobiles with the 7-digit prefixes `first` … `last` (both included) belong.
  // Requires: 1300000 <= first <= last <= 1999999, and a place of this builder.
  void mobile(std::uint32_t first, std::uint32_t last, PlaceId place);

  // Whose network mobiles with that prefix use. Later calls win.
  // Requires: 2 to 7 digits, 13 … 1999999.
  void carrier(std::string_view prefix, Carrier carrier);

  // Where landlines with that area code ("0512") belong. The first place given for a code stays.
  // Requires: a trunk 0 and 2 or 3 digits, and a place of this builder.
  void landline(std::string_view area_code, PlaceId place);

  // The same, in the place of whatever was given for that code.
  void override_landline(std::string_view area_code, PlaceId place);

  // Leaves the builder empty.
  std::shared_ptr<const Table> build();

 private:
  Table table_;
};

// The table built into the program, made at build time from libphonenumber's geocoder; one table,
// shared by all who ask. The first call unpacks it (a few milliseconds).
std::shared_ptr<const Table> builtin_table();

}  // namespace hotline::region
