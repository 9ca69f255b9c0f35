// A configuration's problems, and its changes, as the admin interface tells them.
#pragma once

#include <vector>

#include "admin/records_json.h"
#include "config/changes.h"
#include "config/problems.h"

namespace hotline::server {

std::vector<admin::ProblemView> views_of(const std::vector<config::Problem>& problems);
std::vector<admin::ChangeView> views_of(const std::vector<config::Change>& changes);

}  // namespace hotline::server
