// Takes what a file says, field by field as text, and makes entries of it: checks prefixes, knows
// places and carriers by their names, finds lines that contradict each other. What the readers of
// phone.dat and of CSV share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hotline/region/reading.h"

namespace hotline::region {

inline constexpr std::uint8_t kMobileDigits = 7;
inline constexpr std::string_view kUnknownWord = "未知";

// A text in quotes, shortened where it is long.
// Requires: UTF-8 without control characters.
std::string quoted(std::string_view text);

// UTF-8 without control characters but TAB: what may be shown and compared.
bool is_plain(std::string_view text);

// The first flaws by place, and how many there are.
class Flaws {
 public:
  // Would one of that place be kept? What is not kept need not be put into words.
  bool keeps(std::size_t at) const { return kept_.size() < kMostFlaws || at < kept_.back().at; }
  void add(std::size_t at, std::string what);

  std::size_t count() const { return count_; }
  std::vector<Flaw> take() { return std::exchange(kept_, {}); }

 private:
  std::vector<Flaw> kept_;  // sorted by place
  std::size_t count_ = 0;
};

// What is said of one prefix; empty where nothing is.
struct Said {
  std::string_view prefix;
  std::string_view province;
  std::string_view city;
  std::string_view area_code;
  std::string_view carrier;
};

class Collector {
 public:
  // `noun` is what a place is called: "line".
  explicit Collector(std::string_view noun) : noun_(noun) {}

  // Requires: plain texts.
  void add(std::size_t at, const Said& said);
  void flaw(std::size_t at, std::string what) { flaws_.add(at, std::move(what)); }

  // Leaves out what contradicts a place before it.
  Reading take();

 private:
  struct Line {
    Entry entry;
    std::uint32_t at = 0;
  };

  // The index of the place said; absent: none is. Errors: false, reported.
  bool place_said(std::size_t at, const Said& said, std::optional<std::uint16_t>& place);
  std::uint16_t index_of(const Place& place);

  std::string_view noun_;
  std::vector<Line> lines_;
  std::vector<Place> places_;
  std::unordered_map<std::string, std::uint16_t> known_;  // by the words that named it
  std::string key_;
  Flaws flaws_;
};

}  // namespace hotline::region
