// Records of refused calls on their way to the disk: bounded, whatever arrives and however long
// the disk is away. No refusal is forgotten: what does not fit is merged, `calls` counts it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "hotline/cdr/record.h"

namespace hotline::store {

class RefusalQueue {
 public:
  // Up to `most_single` records wait as they are. Beyond that, those of one trunk, hotline, cause
  // and second become one; beyond `most_merged` of these, those of one trunk and cause.
  explicit RefusalQueue(std::size_t most_single = 10'000, std::size_t most_merged = 10'000)
      : most_single_(most_single), most_merged_(most_merged) {}

  void push(const cdr::Record& record);
  // Moves up to `most` records to the end of `taken`, the oldest first. What has been taken is
  // never merged into again.
  void take(std::size_t most, std::vector<cdr::Record>& taken);
  bool empty() const { return size() == 0; }
  std::size_t size() const { return single_.size() + merged_.size(); }

 private:
  struct Key {
    std::int64_t second = 0;
    std::string trunk;
    std::string hotline;
    Cause cause = Cause::closed;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  std::size_t most_single_;
  std::size_t most_merged_;
  std::deque<cdr::Record> single_;
  std::map<Key, cdr::Record> merged_;
};

}  // namespace hotline::store
