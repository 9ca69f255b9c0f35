// What reports add up of a record: a fraction of the cost of a whole one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hotline/base/cause.h"
#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::cdr {

struct Summary {
  std::uint64_t seq = 0;
  std::string account;
  std::string hotline;  // as dialled where no such hotline existed
  std::string caller;   // E.164, else the raw form; empty: withheld
  std::string province;
  std::string phone_province;
  std::string phone;  // that answered; empty: none
  WallTime received{};
  std::optional<WallTime> answered;
  WallTime ended{};
  Milliseconds talk{0};
  Seconds billed{0};
  Money charge;
  Cause cause = Cause::hung_up;
  std::uint8_t survey = 0;
  std::uint32_t calls = 1;  // that the record stands for

  // A phone answered, not only a menu or a queue.
  bool is_put_through() const { return !phone.empty(); }
};

}  // namespace hotline::cdr
