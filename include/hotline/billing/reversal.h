// Corrections of single entries: an adjustment of the opposite amount whose reference names the
// entry, so that there is one at most.
#pragma once

#include <optional>
#include <string>

#include "hotline/base/calendar.h"
#include "hotline/billing/booked.h"

namespace hotline::billing {

// "reverses call:0190…": by its id or, where that is too long for a reference, its kind and number.
std::string reversal_reference(const Booked& entry);
// What kind of entry this one reverses. nullopt: it is no reversal.
std::optional<EntryKind> reversed_kind(const LedgerEntry& entry);

// What an entry counts for: a reversal for the kind that it reverses, any other for its own.
EntryKind counted_kind(const LedgerEntry& entry);

// The month whose statement has it: China's month of its time; of a month's minimum, which is dated
// to the end of its month, the month that it closes.
Month statement_month(const LedgerEntry& entry);

}  // namespace hotline::billing
