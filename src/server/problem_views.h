// A configuration's problems as the admin interface tells them.
#pragma once

#include <vector>

#include "admin/records_json.h"
#include "config/problems.h"

namespace hotline::server {

std::vector<admin::ProblemView> views_of(const std::vector<config::Problem>& problems);

}  // namespace hotline::server
