// Which right name a misspelt one may stand for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::region {

// Finds, of the right names that are offered, the nearest by characters.
class NearestName {
 public:
  explicit NearestName(std::string_view written);

  // A handicap decides between names that as many edits lead to: characters may be so much
  // further apart in Unicode where the other name is less likely to be meant.
  void offer(std::string_view right, std::uint32_t handicap = 0);

  // Empty where none is near.
  const std::string& name() const { return name_; }

 private:
  std::optional<std::u32string> written_;  // none: nothing is near it
  std::uint64_t least_ = 0;
  std::string name_;
};

}  // namespace hotline::region
