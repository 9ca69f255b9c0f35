#include "hotline/billing/ledger.h"

#include "hotline/base/contract.h"
#include "hotline/base/words.h"

namespace hotline::billing {

std::string_view to_string(EntryKind kind) {
  switch (kind) {
    case EntryKind::recharge:
      return "recharge";
    case EntryKind::call_charge:
      return "call_charge";
    case EntryKind::month_minimum:
      return "month_minimum";
    case EntryKind::suspension_fee:
      return "suspension_fee";
    case EntryKind::line_fee:
      return "line_fee";
    case EntryKind::renewal_fee:
      return "renewal_fee";
    case EntryKind::service_fee:
      return "service_fee";
    case EntryKind::service_paid:
      return "service_paid";
    case EntryKind::adjustment:
      return "adjustment";
  }
  HOTLINE_EXPECT(false);
  return {};
}

std::optional<EntryKind> entry_kind_from_string(std::string_view word) {
  return from_word(word, EntryKind::adjustment);
}

LedgerEntry call_charge(const std::string& account, const CallId& call, Money charge, WallTime at) {
  HOTLINE_EXPECT(charge > Money());
  const std::string id = call.to_string();
  return LedgerEntry{"call:" + id, EntryKind::call_charge, account, id, -charge, at};
}

LedgerEntry fee_entry(EntryKind kind, const std::string& account, const std::string& what,
                      Money fee, WallTime at) {
  HOTLINE_EXPECT(fee > Money());
  const std::string id = std::string(to_string(kind)) + ":" + account + ":" + what;
  return LedgerEntry{id, kind, account, what, -fee, at};
}

LedgerEntry recharge(const std::string& account, Money amount, const std::string& reference,
                     WallTime at) {
  HOTLINE_EXPECT(amount > Money());
  // An account's name holds no colon, so two accounts never share an id.
  return LedgerEntry{
      "recharge:" + account + ":" + reference, EntryKind::recharge, account, reference, amount, at};
}

LedgerEntry adjustment(const std::string& account, Money amount, const std::string& reference,
                       const std::string& by, const std::string& why, WallTime at) {
  HOTLINE_EXPECT(amount != Money());
  return LedgerEntry{"adjustment:" + account + ":" + reference,
                     EntryKind::adjustment,
                     account,
                     reference,
                     amount,
                     at,
                     by,
                     why};
}

std::vector<LedgerEntry> service_entries(const std::string& account, const Service& service,
                                         const std::string& reference, const std::string& by,
                                         WallTime at) {
  LedgerEntry fee = fee_entry(EntryKind::service_fee, account, reference, service.price, at);
  fee.by = by;
  fee.why = service.name;
  if (service.from_balance) return {fee};
  LedgerEntry paid = fee;
  paid.id = "service_paid:" + account + ":" + reference;
  paid.kind = EntryKind::service_paid;
  paid.amount = service.price;
  return {paid, fee};
}

}  // namespace hotline::billing
