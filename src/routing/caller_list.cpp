#include "hotline/routing/caller_list.h"

#include <algorithm>
#include <bit>

#include "hotline/base/contract.h"

namespace hotline::routing {
namespace {

constexpr unsigned kBitsPerDigit = 4;
constexpr int kMarkBits = 5;  // 32 marks for each bucket

// The product with 2^64 / φ, whose upper bits count: neighbours come to lie far apart.
std::uint64_t hash(std::uint64_t key) { return key * 0x9e3779b97f4a7c15U; }

}  // namespace

std::size_t CallerList::Keys::home(Key key) const { return hash(key) >> shift_; }
std::size_t CallerList::Keys::mark(Key key) const { return hash(key) >> (shift_ - kMarkBits); }

bool CallerList::Keys::may_hold(Key key) const {
  const std::size_t at = mark(key);
  if ((marks_[at / 64] >> (at % 64) & 1) == 0) return false;
  __builtin_prefetch(&buckets_[home(key)]);
  return true;
}

bool CallerList::Keys::hold(Key key) const {
  for (std::size_t at = home(key);; at = after(at)) {
    const Bucket& bucket = buckets_[at];
    bool found = false;
    for (const Key one : bucket) found |= one == key;  // all of them: no branch to guess wrong
    if (found) return true;
    if (bucket.back() == 0) return false;
  }
}

void CallerList::Keys::insert(Key key) {
  if (hold(key)) return;
  if (2 * (size_ + 1) > buckets_.size() * kInBucket) grow();
  put(key);
  ++size_;
}

void CallerList::Keys::put(Key key) {
  std::size_t at = home(key);
  while (buckets_[at].back() != 0) at = after(at);
  *std::find(buckets_[at].begin(), buckets_[at].end(), 0) = key;
  marks_[mark(key) / 64] |= std::uint64_t{1} << (mark(key) % 64);
}

void CallerList::Keys::grow() {
  std::vector<Bucket> old(2 * buckets_.size());
  old.swap(buckets_);
  marks_.assign(buckets_.size() << kMarkBits >> 6, 0);
  --shift_;
  for (const Bucket& bucket : old) {
    for (const Key key : bucket) {
      if (key != 0) put(key);
    }
  }
}

CallerList::Digits CallerList::digits_of(std::string_view e164) {
  Digits digits;
  if (!e164.starts_with('+')) return digits;
  for (const char c : e164.substr(1, kMostDigits)) {
    if (c < '0' || c > '9') break;
    digits.key = digits.key << kBitsPerDigit | static_cast<Key>(c - '0');
    ++digits.count;
  }
  digits.are_all = digits.count > 0 && digits.count + 1 == e164.size();
  return digits;
}

void CallerList::add_number(std::string_view e164) {
  const Digits digits = digits_of(e164);
  HOTLINE_EXPECT(digits.are_all);
  numbers_.insert(digits.key);
}

void CallerList::add_prefix(std::string_view e164_prefix) {
  const Digits digits = digits_of(e164_prefix);
  HOTLINE_EXPECT(digits.are_all);
  prefixes_.insert(digits.key);
  prefix_lengths_.set(digits.count);
}

ListedBy CallerList::match(const number::Number& caller, region::PlaceId place) const {
  const bool kind_listed = kinds_[static_cast<std::size_t>(caller.kind)];
  if (caller.kind == number::Kind::withheld) {
    const bool listed = withheld_ || kind_listed || regions_.contains(place);
    return listed ? ListedBy::withheld : ListedBy::nothing;
  }
  if (entries() > 0) {
    const ListedBy by = match_digits(caller.e164);
    if (by != ListedBy::nothing) return by;
  }
  if (regions_.contains(place)) return ListedBy::region;
  return kind_listed ? ListedBy::kind : ListedBy::nothing;
}

ListedBy CallerList::match_digits(std::string_view e164) const {
  const Digits digits = digits_of(e164);
  const auto prefix = [&digits](std::size_t length) {
    return digits.key >> kBitsPerDigit * (digits.count - length);
  };
  // All are asked for before the first is judged, so that memory is waited for once.
  const bool likely_number = digits.are_all && numbers_.may_hold(digits.key);
  std::bitset<kMostDigits + 1> likely;
  for (std::size_t length = 1; length <= digits.count; ++length) {
    likely[length] = prefix_lengths_[length] && prefixes_.may_hold(prefix(length));
  }
  if (likely_number && numbers_.hold(digits.key)) return ListedBy::number;
  for (std::size_t length = 1; likely.any() && length <= digits.count; ++length) {
    if (likely[length] && prefixes_.hold(prefix(length))) return ListedBy::prefix;
  }
  return ListedBy::nothing;
}

}  // namespace hotline::routing
