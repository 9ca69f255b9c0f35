// Every account's money as the calls see it: posted balance and reservations. This is the one
// authority while the server runs; the store holds its durable copy. Call thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hotline/base/money.h"
#include "hotline/billing/tariff.h"

namespace hotline::billing {

enum class Admission : std::uint8_t { granted, suspended, no_credit };

struct Balance {
  Money posted;    // the sum of the ledger
  Money reserved;  // held for units of live calls
  Money available() const { return posted - reserved; }
};

struct Reserved {
  int units = 0;
  Money amount;
};

class Accounts {
 public:
  // Requires: not open yet.
  void open(const std::string& account, Money posted);
  // Null where no such account is open.
  const Balance* find(std::string_view account) const;

  // Reserves the set-up fee and the first unit by the call's tariff, which need not be the
  // package's own. Posted balance below the package's minimum, or no such account: suspended.
  // Less available than they cost: no_credit.
  Admission admit(std::string_view account, const Package& package, const Tariff& tariff);
  // Reserves up to so many units from that one on, one behind the other, as the money allows.
  Reserved reserve(std::string_view account, const Tariff& tariff, std::int64_t from_unit,
                   int units);
  // Ends a reservation: posts the used part, releases the rest.
  // Requires: 0 ≤ charge ≤ reserved: calls never overspend.
  void settle(std::string_view account, Money reserved, Money charge);
  void recharge(std::string_view account, Money amount);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  Balance& at(std::string_view account);

  std::unordered_map<std::string, Balance, Hash, std::equal_to<>> balances_;
};

}  // namespace hotline::billing
