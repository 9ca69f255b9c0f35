// Rating a filed record once more: what its call must have cost, by the record alone.
#pragma once

#include "hotline/billing/tariff.h"
#include "hotline/cdr/record.h"

namespace hotline::call {

// What the record must say of billed time and charge: by its tariff; an old record has none, and is
// rated by its price, in started units, never less than it lasted. What was not answered, or has no
// billable talk, costs nothing.
billing::Rated rate_again(const cdr::Record& record);

}  // namespace hotline::call
