#include "hotline/billing/ledger.h"

#include "hotline/base/contract.h"

namespace hotline::billing {

std::string_view to_string(EntryKind kind) {
  switch (kind) {
    case EntryKind::recharge:
      return "recharge";
    case EntryKind::call_charge:
      return "call_charge";
  }
  HOTLINE_EXPECT(false);
  return {};
}

std::optional<EntryKind> entry_kind_from_string(std::string_view word) {
  for (const EntryKind kind : {EntryKind::recharge, EntryKind::call_charge}) {
    if (to_string(kind) == word) return kind;
  }
  return std::nullopt;
}

LedgerEntry call_charge(const std::string& account, const CallId& call, Money charge, WallTime at) {
  HOTLINE_EXPECT(charge > Money());
  const std::string id = call.to_string();
  return LedgerEntry{"call:" + id, EntryKind::call_charge, account, id, -charge, at};
}

LedgerEntry recharge(const std::string& account, Money amount, const std::string& reference,
                     WallTime at) {
  HOTLINE_EXPECT(amount > Money());
  // An account's name holds no colon, so two accounts never share an id.
  return LedgerEntry{
      "recharge:" + account + ":" + reference, EntryKind::recharge, account, reference, amount, at};
}

}  // namespace hotline::billing
