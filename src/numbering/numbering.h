// Reads the caller's number in every form a carrier sends it. Stands before the core: the number
// is read once, when the call arrives, on the thread that has the raw text; `explain` does the
// same. Mainland numbers are told by their digits, so that new segments need no new metadata; all
// others by libphonenumber.
#pragma once

#include <string_view>

#include "hotline/number/number.h"

namespace hotline::numbering {

// Any bytes give a number: what is none has kind unknown, a caller who sent none is withheld.
// Takes national, 86…, 0086…, +86… (each with or without trunk 0 and 179xx), 00… and +… from
// abroad, tel: URIs, and the words of anonymous calls.
// Thread: any.
number::Number read_caller(std::string_view raw);

// Loads libphonenumber's tables, so that the first caller from abroad need not wait for them
// (measured: 5 ms). Thread: any, before calls arrive.
void warm_up();

}  // namespace hotline::numbering
