// The way to whoever can answer: the running server over its control socket or, while it is
// stopped, the database under the same lock. Commands do not see the difference.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "admin/client.h"
#include "ctl/offline_desk.h"
#include "ctl/site.h"

namespace hotline::ctl {

// A path with its query, encoded.
class Target {
 public:
  explicit Target(std::string path) : text_(std::move(path)) {}
  // Leaves out what is empty.
  Target& with(std::string_view key, std::string_view value);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  char next_ = '?';
};

// Says that the answers are a stopped server's database's.
void tell_offline(std::ostream& err, const std::filesystem::path& state_dir);

class Office {
 public:
  using Result = tl::expected<admin::Answer, admin::Unreachable>;

  // Tells on `err` when it answers from the database.
  Office(const Options& options, Clock clock, std::ostream& err)
      : options_(options), clock_(std::move(clock)), err_(err) {}

  Result ask(const std::string& method, const std::string& target, const std::string& body = {});
  // The running server or nobody.
  Result ask_server(const std::string& method, const std::string& target,
                    const std::string& body = {});

 private:
  Result ask_offline(const admin::Ask& ask, const admin::Unreachable& why);

  const Options& options_;
  Clock clock_;
  std::ostream& err_;
  std::optional<Site> site_;
  std::unique_ptr<OfflineDesk> offline_;  // once opened, it answers all that follows
};

}  // namespace hotline::ctl
