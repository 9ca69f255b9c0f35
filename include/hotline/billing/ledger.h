// The ledger's entries: append-only money movements, each applied at most once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/base/ids.h"
#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::billing {

enum class EntryKind : std::uint8_t {
  recharge,
  call_charge,
  month_minimum,   // what the month's calls stayed below the package's minimum
  suspension_fee,  // of a day
  line_fee,        // of a year of a further line
  renewal_fee,     // of a year of the package
  service_fee,     // of a service bought once
  service_paid,    // a service paid for apart from the balance: its fee takes it at once
  adjustment,      // by hand: says who and why
};
std::string_view to_string(EntryKind kind);
std::optional<EntryKind> entry_kind_from_string(std::string_view word);

struct LedgerEntry {
  std::string id;  // unique for ever; a second entry of the same id is not applied
  EntryKind kind = EntryKind::recharge;
  std::string account;
  std::string reference;  // the payment's reference, or the call id
  Money amount;           // negative: taken from the account
  WallTime at{};
  std::string by{};   // who, where somebody did it by hand
  std::string why{};  // in that one's words
};

// The charge of one call. A call without charge has no entry.
LedgerEntry call_charge(const std::string& account, const CallId& call, Money charge, WallTime at);
// A fee the clock brings. `what` makes it the only one of its kind: "202611", "2026-11-25".
LedgerEntry fee_entry(EntryKind kind, const std::string& account, const std::string& what,
                      Money fee, WallTime at);
LedgerEntry recharge(const std::string& account, Money amount, const std::string& reference,
                     WallTime at);

// By hand: more or less than nothing.
LedgerEntry adjustment(const std::string& account, Money amount, const std::string& reference,
                       const std::string& by, const std::string& why, WallTime at);

// What is bought once: the recording of a ringback, an invoice's courier.
struct Service {
  std::string name;
  Money price;
  bool from_balance = true;  // false: paid for apart from it
};
// Its fee; and, where it is paid for apart from the balance, that payment first.
std::vector<LedgerEntry> service_entries(const std::string& account, const Service& service,
                                         const std::string& reference, const std::string& by,
                                         WallTime at);

}  // namespace hotline::billing
