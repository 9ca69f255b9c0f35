// The ledger's entries: append-only money movements, each applied at most once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hotline/base/ids.h"
#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::billing {

enum class EntryKind : std::uint8_t { recharge, call_charge };
std::string_view to_string(EntryKind kind);
std::optional<EntryKind> entry_kind_from_string(std::string_view word);

struct LedgerEntry {
  std::string id;  // unique for ever; a second entry of the same id is not applied
  EntryKind kind = EntryKind::recharge;
  std::string account;
  std::string reference;  // the payment's reference, or the call id
  Money amount;           // negative: taken from the account
  WallTime at{};
};

// The charge of one call. A call without charge has no entry.
LedgerEntry call_charge(const std::string& account, const CallId& call, Money charge, WallTime at);
LedgerEntry recharge(const std::string& account, Money amount, const std::string& reference,
                     WallTime at);

}  // namespace hotline::billing
