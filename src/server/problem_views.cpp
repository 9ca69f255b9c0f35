#include "server/problem_views.h"

namespace hotline::server {

std::vector<admin::ProblemView> views_of(const std::vector<config::Problem>& problems) {
  std::vector<admin::ProblemView> views;
  views.reserve(problems.size());
  for (const config::Problem& one : problems) {
    views.push_back({one.file, one.line, one.column, one.message, one.is_warning});
  }
  return views;
}

}  // namespace hotline::server
