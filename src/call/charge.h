// The money of a record whose talk is over: what it costs by its tariff.
#pragma once

#include "hotline/billing/tariff.h"
#include "hotline/cdr/record.h"

namespace hotline::call {

// Requires: talk and billable are as they stay.
void write_charge(cdr::Record& record, const billing::Tariff& tariff);

}  // namespace hotline::call
