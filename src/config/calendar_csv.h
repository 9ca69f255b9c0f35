// The calendar file: `date,kind,name` and a line for each day that is not what its weekday says.
#pragma once

#include <string_view>

#include "hotline/schedule/schedule.h"

#include "config/problems.h"

namespace hotline::config {

// Lines that are wrong are reported and left out.
schedule::Calendar read_calendar(std::string_view text, FileProblems& problems);

}  // namespace hotline::config
