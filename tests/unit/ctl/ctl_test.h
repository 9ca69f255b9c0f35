// Runs hotlinectl inside the test: arguments in, exit code and texts out.
#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ctl/run.h"
#include "support/temp_dir.h"
#include "unit/ctl/sample_desk.h"

namespace hotline::ctl {

class CtlTest : public testing::Test {
 protected:
  CtlTest() {
    std::ofstream(dir_ / "hotline.toml")
        << "[server]\nlisten = [\"udp:127.0.0.1:5060\"]\nstate_dir = \"" << dir_ / "state"
        << "\"\ncontrol_socket = \"" << dir_ / "s"
        << "\"\n";
  }

  void start_server() {
    auto server = admin::Server::start(dir_ / "s", desk_);
    ASSERT_TRUE(server) << server.error();
    server_ = std::move(*server);
  }

  // The exit code; the texts are in out_ and err_.
  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"hotlinectl", "--config", dir_ / ""});
    std::vector<const char*> argv;
    for (const auto& argument : arguments) argv.push_back(argument.c_str());
    std::ostringstream out;
    std::ostringstream err;
    const int exit = ctl::run(
        static_cast<int>(argv.size()), argv.data(),
        [] {
          return Now{Instant(), kThen};
        },
        out, err, is_terminal_);
    out_ = out.str();
    err_ = err.str();
    return exit;
  }

  support::TempDir dir_;
  SampleDesk desk_;
  bool is_terminal_ = false;
  std::unique_ptr<admin::Server> server_;
  std::string out_;
  std::string err_;
};

}  // namespace hotline::ctl
