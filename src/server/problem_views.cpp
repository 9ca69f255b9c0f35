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

std::vector<admin::ChangeView> views_of(const std::vector<config::Change>& changes) {
  std::vector<admin::ChangeView> views;
  views.reserve(changes.size());
  for (const config::Change& one : changes) {
    views.push_back({std::string(config::to_string(one.what)), one.kind, one.name, one.hotline,
                     one.file, one.keys});
  }
  return views;
}

}  // namespace hotline::server
