// The program itself, as a shell runs it: its exit codes, and that it ends.
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

class BinaryTest : public CtlTest {
 protected:
  int exit_of(const std::string& arguments) {
    const std::string command = std::string(HOTLINECTL) + " --config " + (dir_ / "") + " " +
                                arguments + " >" + (dir_ / "out") + " 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
};

TEST_F(BinaryTest, exit_codes) {
  EXPECT_EQ(exit_of("--help"), 0);
  EXPECT_EQ(exit_of("--version"), 0);
  EXPECT_EQ(exit_of("account show nobody"), 3);
  EXPECT_EQ(exit_of("account open acme"), 0);
  EXPECT_EQ(exit_of("account show nobody"), 1);
  EXPECT_EQ(exit_of("account open ACME"), 2);
  EXPECT_EQ(exit_of("status"), 3);
  start_server();
  EXPECT_EQ(exit_of("status"), 0);
  EXPECT_EQ(exit_of("reload"), 1);
  EXPECT_EQ(exit_of("cdr export -o " + (dir_ / "x.csv")), 0);
}

}  // namespace
}  // namespace hotline::ctl
