// The clock adapter: the one place that reads the machine's clocks for the core.
#pragma once

#include "hotline/base/time.h"

namespace hotline::server {

// Thread: any.
Now read_clock();

}  // namespace hotline::server
