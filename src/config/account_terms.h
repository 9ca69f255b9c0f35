// What each account has agreed to, by all hotlines it owns.
#pragma once

#include "hotline/billing/accounts.h"
#include "hotline/routing/snapshot.h"

#include "config/problems.h"

namespace hotline::config {

// Errors: hotlines of one account that follow different packages while nobody says which one the
// account's fees follow.
// Requires: all hotlines are read, their numbers are known.
billing::TermsOf account_terms(const routing::Snapshot& snapshot, Problems& problems);

}  // namespace hotline::config
