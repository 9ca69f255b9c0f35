// report provinces|daily|abandoned|warnings
#pragma once

#include "ctl/session.h"

namespace CLI {
class App;
}

namespace hotline::ctl {

void add_report_commands(CLI::App& app, Session& session);

}  // namespace hotline::ctl
