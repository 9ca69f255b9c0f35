// The ledger as double entry: each movement of a customer's money as a debit and a credit.
#pragma once

#include <string_view>

#include "hotline/billing/ledger.h"

#include "ctl/session.h"

namespace CLI {
class App;
}

namespace hotline::ctl {

// The account that stands against the customer's: "cash", "revenue:calls", "adjustments". A
// reversal's is that of the entry it reverses.
std::string_view counter_account(const billing::LedgerEntry& entry);

// ledger postings, ledger reverse.
void add_postings(CLI::App& group, Session& session);
void add_reverse(CLI::App& group, Session& session);

}  // namespace hotline::ctl
