// The hotlines of a snapshot, by their numbers. Built once per load, then only read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::routing {

struct Hotline;

class Directory {
 public:
  using Entry = std::pair<std::string, std::shared_ptr<const Hotline>>;

  // Nothing is added where the number has a hotline already.
  // Requires: "400" and seven digits.
  // Returns: the hotline the number has now.
  const std::shared_ptr<const Hotline>& add(const std::string& number,
                                            std::shared_ptr<const Hotline> hotline);
  // Null where nobody owns that number, whatever it is. One access to memory.
  const Hotline* find(std::string_view number) const;

  // In the order they were added.
  std::vector<Entry>::const_iterator begin() const { return entries_.begin(); }
  std::vector<Entry>::const_iterator end() const { return entries_.end(); }
  std::size_t size() const { return entries_.size(); }

 private:
  // A table of open addressing, at most half full.
  struct Slot {
    std::uint32_t key = 0;  // the seven digits, plus 1; 0: free
    std::uint32_t at = 0;   // in entries_
    const Hotline* hotline = nullptr;
  };

  // The slot that has the key, or the free one where it belongs.
  std::size_t slot_of(std::uint32_t key) const;
  void grow();

  std::vector<Entry> entries_;
  std::vector<Slot> slots_ = std::vector<Slot>(16);
};

}  // namespace hotline::routing
