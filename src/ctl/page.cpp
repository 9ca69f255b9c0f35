#include "ctl/page.h"

#include "ctl/command.h"

namespace hotline::ctl {

std::string Page::target(const std::string& path, const Conditions& conditions) const {
  Target target(path);
  target.with("from", from)
      .with("to", to)
      .with("after_seq", after)
      .with("limit", std::to_string(limit))
      .with("order", oldest ? "oldest" : "newest");
  for (const auto& [name, value] : conditions) target.with(name, value);
  return target.text();
}

void add_period(CLI::App* command, Page& page) {
  command->add_option("--from", page.from, "From this date, or this RFC 3339 time, on")
      ->type_name("DATE")
      ->check(time_or_date());
  command->add_option("--to", page.to, "To the end of this date, or before this time")
      ->type_name("DATE")
      ->check(time_or_date());
}

void add_page(CLI::App* command, Page& page) {
  add_period(command, page);
  command->add_option("--limit", page.limit, "How many to show")
      ->type_name("N")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--after", page.after, "Go on after this SEQ")
      ->type_name("SEQ")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{INT64_MAX}));
  command->add_flag("--oldest", page.oldest, "The oldest first");
}

void hint_at_next(std::ostream& err, const admin::Json& answer) {
  const admin::Json& next = answer.at("next");
  if (next.is_object()) err << "(there may be more: add --after " << next.at("after_seq") << ")\n";
}

}  // namespace hotline::ctl
