#include "hotline/billing/accounts.h"

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

Admission Accounts::admit(std::string_view account, const Package& package, const Tariff& tariff) {
  const auto found = balances_.find(account);
  if (found == balances_.end() || found->second.posted < package.min_balance) {
    return Admission::suspended;
  }
  Balance& balance = found->second;
  const Money entry = tariff.entry_price();
  if (balance.available() < entry) return Admission::no_credit;
  balance.reserved += entry;
  return Admission::granted;
}

Reserved Accounts::reserve(std::string_view account, const Tariff& tariff, std::int64_t from_unit,
                           int units) {
  Balance& balance = at(account);
  Reserved reserved;
  while (reserved.units < units) {
    const Money price = tariff.unit_price(from_unit + reserved.units);
    if (price > Money() && balance.available() < price) break;  // what costs nothing needs none
    balance.reserved += price;
    reserved.amount += price;
    ++reserved.units;
  }
  return reserved;
}

void Accounts::settle(std::string_view account, Money reserved, Money charge) {
  Balance& balance = at(account);
  HOTLINE_EXPECT(!charge.is_negative() && charge <= reserved && reserved <= balance.reserved);
  balance.reserved -= reserved;
  balance.posted -= charge;
}

void Accounts::recharge(std::string_view account, Money amount) { at(account).posted += amount; }

}  // namespace hotline::billing
