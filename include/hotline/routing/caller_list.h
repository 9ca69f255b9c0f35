// Named callers, used to screen calls or to route them: numbers and prefixes (up to a million),
// regions, kinds, and those who hide their number. Filled by the loader, then shared and constant.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "hotline/number/number.h"
#include "hotline/region/region.h"
#include "hotline/routing/source.h"

namespace hotline::routing {

// What of a list holds a caller.
enum class ListedBy : std::uint8_t {
  nothing,
  number,
  prefix,
  withheld,  // hides the number, by whichever entry such callers are held
  region,
  kind,
};

class CallerList {
 public:
  static constexpr std::size_t kMostEntries = 1'000'000;  // what a loader admits
  static constexpr std::size_t kMostDigits = 15;          // of an E.164 number (ITU-T E.164 §6)

  CallerList(std::string name, Source source)
      : name_(std::move(name)), source_(std::move(source)) {}

  // Those that are there already stay once.
  // Requires: a plus and 1 to kMostDigits digits.
  void add_number(std::string_view e164);
  void add_prefix(std::string_view e164_prefix);
  void add_withheld() { withheld_ = true; }
  void add_kind(number::Kind kind) { kinds_.set(static_cast<std::size_t>(kind)); }
  void set_regions(region::PlaceSet regions) { regions_ = std::move(regions); }

  const std::string& name() const { return name_; }
  const Source& source() const { return source_; }
  // Different numbers and prefixes.
  std::size_t entries() const { return numbers_.size() + prefixes_.size(); }

  // What holds that caller, who is from that place; where several do, the first of number, prefix,
  // region, kind. Costs one access to memory for the number and one for each length of prefix in
  // the list, all under way at once; fewer for most who are not listed.
  ListedBy match(const number::Number& caller, region::PlaceId place) const;

 private:
  // The digits of a number in 4 bits each, behind a 1: no two numbers have one key, and none has 0.
  using Key = std::uint64_t;

  // Keys in one flat array of buckets, each key in the bucket its hash says or, where that is full,
  // in the next that is not. A bucket is a line of the processor's cache, filled from its front.
  // Half full at most: 16 MiB for a million.
  class Keys {
   public:
    void insert(Key key);
    // Whether hold() is worth asking: no is certain. Memory is asked for what hold() will look at.
    bool may_hold(Key key) const;
    bool hold(Key key) const;
    std::size_t size() const { return size_; }

   private:
    static constexpr std::size_t kInBucket = 8;
    struct alignas(kInBucket * sizeof(Key)) Bucket : std::array<Key, kInBucket> {};  // 0: free

    std::size_t home(Key key) const;
    std::size_t mark(Key key) const;
    std::size_t after(std::size_t bucket) const { return (bucket + 1) & (buckets_.size() - 1); }
    void put(Key key);
    void grow();

    std::vector<Bucket> buckets_ = std::vector<Bucket>(2);  // their number is a power of two
    // A bit for each 32nd part of a bucket's hashes, set if a key with one of them is there. 1 MiB
    // for a million keys: callers who are not listed, nearly all there are, seldom wait for memory.
    std::vector<std::uint64_t> marks_ = std::vector<std::uint64_t>(1);
    std::size_t size_ = 0;
    int shift_ = 63;  // leaves as many bits of a hash as say a place among buckets_
  };

  // The first kMostDigits of a number.
  struct Digits {
    Key key = 1;
    std::size_t count = 0;
    bool are_all = false;  // the number is a plus and these
  };

  static Digits digits_of(std::string_view e164);
  ListedBy match_digits(std::string_view e164) const;

  std::string name_;
  Source source_;
  Keys numbers_;
  Keys prefixes_;
  std::bitset<kMostDigits + 1> prefix_lengths_;  // in digits
  region::PlaceSet regions_;
  std::bitset<number::kKindWords.size()> kinds_;
  bool withheld_ = false;
};

// Most rules name one list. It is found beside the rule, not behind one more wait for memory.
using CallerLists = boost::container::small_vector<std::shared_ptr<const CallerList>, 1>;

}  // namespace hotline::routing
