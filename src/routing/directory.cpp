#include "hotline/routing/directory.h"

#include "hotline/base/contract.h"

namespace hotline::routing {
namespace {

constexpr std::string_view kPrefix = "400";
constexpr std::size_t kDigits = 10;

// The seven digits behind the 400, plus 1. 0: no such number.
std::uint32_t key_of(std::string_view number) {
  if (number.size() != kDigits || !number.starts_with(kPrefix)) return 0;
  std::uint32_t key = 0;
  for (const char digit : number.substr(kPrefix.size())) {
    if (digit < '0' || digit > '9') return 0;
    key = key * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return key + 1;
}

}  // namespace

std::size_t Directory::slot_of(std::uint32_t key) const {
  // Knuth's multiplicative hash: neighbouring numbers, as companies buy them, are spread.
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (key * std::uint64_t{2654435769} >> 12) & mask;
  while (slots_[at].key != key && slots_[at].key != 0) at = (at + 1) & mask;
  return at;
}

void Directory::grow() {
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : before) {
    if (slot.key != 0) slots_[slot_of(slot.key)] = slot;
  }
}

const std::shared_ptr<const Hotline>& Directory::add(const std::string& number,
                                                     std::shared_ptr<const Hotline> hotline) {
  const std::uint32_t key = key_of(number);
  HOTLINE_EXPECT(key != 0);
  if (2 * (entries_.size() + 1) > slots_.size()) grow();
  Slot& slot = slots_[slot_of(key)];
  if (slot.key == 0) {
    slot = Slot{key, static_cast<std::uint32_t>(entries_.size()), hotline.get()};
    entries_.emplace_back(number, std::move(hotline));
  }
  return entries_[slot.at].second;
}

const Hotline* Directory::find(std::string_view number) const {
  const std::uint32_t key = key_of(number);
  return key == 0 ? nullptr : slots_[slot_of(key)].hotline;
}

}  // namespace hotline::routing
