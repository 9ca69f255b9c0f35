#include "ctl/problems.h"

#include "ctl/text.h"

namespace hotline::ctl {

void print_problems(std::ostream& out, const admin::Json& body) {
  for (const admin::Json& problem : body.value("problems", admin::Json::array())) {
    out << printable(problem.at("file").get<std::string>());
    if (const int line = problem.at("line"); line > 0) {
      out << ':' << line << ':' << problem.at("column").get<int>();
    }
    out << ": " << problem.at("severity").get<std::string>() << ": "
        << printable(problem.at("message").get<std::string>()) << '\n';
  }
}

}  // namespace hotline::ctl
