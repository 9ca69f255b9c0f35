#include "hotline/billing/accounts.h"

#include <algorithm>

#include "hotline/base/contract.h"

namespace hotline::billing {

void Accounts::open(const std::string& account, Money posted) {
  HOTLINE_EXPECT(balances_.emplace(account, Balance{posted, Money()}).second);
}

const Balance* Accounts::find(std::string_view account) const {
  const auto found = balances_.find(account);
  return found == balances_.end() ? nullptr : &found->second;
}

Balance& Accounts::at(std::string_view account) {
  const auto found = balances_.find(account);
  HOTLINE_EXPECT(found != balances_.end());
  return found->second;
}

Admission Accounts::admit(std::string_view account, const Package& package) {
  const auto found = balances_.find(account);
  if (found == balances_.end() || found->second.posted < package.min_balance) {
    return Admission::suspended;
  }
  Balance& balance = found->second;
  const Money unit = package.tariff.first_price();
  if (balance.available() < unit) return Admission::no_credit;
  balance.reserved += unit;
  return Admission::granted;
}

int Accounts::reserve(std::string_view account, Money unit_price, int units) {
  Balance& balance = at(account);
  std::int64_t affordable = units;
  if (unit_price > Money()) {
    const std::int64_t available = std::max<std::int64_t>(0, balance.available().li());
    affordable = std::min<std::int64_t>(units, available / unit_price.li());
  }
  balance.reserved += unit_price * affordable;
  return static_cast<int>(affordable);
}

void Accounts::settle(std::string_view account, Money reserved, Money charge) {
  Balance& balance = at(account);
  HOTLINE_EXPECT(!charge.is_negative() && charge <= reserved && reserved <= balance.reserved);
  balance.reserved -= reserved;
  balance.posted -= charge;
}

void Accounts::recharge(std::string_view account, Money amount) { at(account).posted += amount; }

}  // namespace hotline::billing
