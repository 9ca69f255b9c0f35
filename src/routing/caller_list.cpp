#include "hotline/routing/caller_list.h"

#include <algorithm>

#include "hotline/base/contract.h"

namespace hotline::routing {

void CallerList::add_number(std::string e164) { numbers_.insert(std::move(e164)); }

void CallerList::add_prefix(std::string e164_prefix) {
  HOTLINE_EXPECT(e164_prefix.size() >= 2 && e164_prefix.size() < prefix_lengths_.size());
  prefix_lengths_.set(e164_prefix.size());
  prefixes_.insert(std::move(e164_prefix));
}

bool CallerList::contains(const number::Number& caller) const {
  if (caller.kind == number::Kind::withheld) return withheld_;
  const std::string_view e164 = caller.e164;
  if (e164.empty()) return false;
  if (numbers_.find(e164) != numbers_.end()) return true;
  const std::size_t longest = std::min(e164.size(), prefix_lengths_.size() - 1);
  for (std::size_t length = 2; length <= longest; ++length) {
    if (prefix_lengths_[length] && prefixes_.find(e164.substr(0, length)) != prefixes_.end()) {
      return true;
    }
  }
  return false;
}

}  // namespace hotline::routing
