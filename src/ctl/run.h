// hotlinectl: everything a person does.
#pragma once

#include <ostream>

#include "ctl/offline_desk.h"

namespace hotline::ctl {

// Runs the command that the arguments name. `is_terminal`: of `err`.
// Returns: the exit code: 0 done, 1 problem found or refused, 2 usage, 3 server unreachable.
int run(int argc, const char* const* argv, const Clock& clock, std::ostream& out, std::ostream& err,
        bool is_terminal = false);

}  // namespace hotline::ctl
