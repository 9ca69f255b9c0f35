// Records and ledger entries as records_json.h writes them, read back: what a program gets from the
// running server.
#pragma once

#include "hotline/billing/booked.h"
#include "hotline/cdr/filed.h"

#include "admin/answer.h"

namespace hotline::admin {

// Errors: throws Json::exception where it is none, or of another version.
cdr::Filed filed_from_json(const Json& json);
billing::Booked booked_from_json(const Json& json);

}  // namespace hotline::admin
