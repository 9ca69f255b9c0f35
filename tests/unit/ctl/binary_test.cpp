// The program itself, as a shell runs it: its exit codes, and that it ends.
#include <cstdlib>
#include <filesystem>
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

TEST_F(BinaryTest, an_answer_that_finds_no_room_is_a_problem) {
  start_server();
  const std::string command = std::string(HOTLINECTL) + " --config " + (dir_ / "") +
                              " cdr list >/dev/full 2>" + (dir_ / "err");
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
  std::string sentence;
  std::getline(std::ifstream(dir_ / "err"), sentence);
  EXPECT_EQ(sentence, "hotlinectl: the answer could not be written");
}

// A disk that takes so much and no more: one sentence, and what was there stays.
TEST_F(BinaryTest, an_export_that_finds_no_room_leaves_nothing) {
  desk_.records = 3000;
  start_server();
  for (const char* format : {"csv", "xlsx", "jsonl"}) {
    for (const char* kilobytes : {"2", "100"}) {
      const std::string file = dir_ / "x";
      std::ofstream(file) << "old";
      const std::string command =
          std::string("trap '' XFSZ; ulimit -f ") + kilobytes + "; " + HOTLINECTL + " --config " +
          (dir_ / "") + " cdr export --format " + format + " -o " + file + " 2>" + (dir_ / "err");
      EXPECT_EQ(WEXITSTATUS(std::system(("bash -c \"" + command + "\"").c_str())), 1)
          << format << kilobytes;
      std::string old;
      std::ifstream(file) >> old;
      EXPECT_EQ(old, "old");
      std::string sentence;
      std::getline(std::ifstream(dir_ / "err"), sentence);
      EXPECT_EQ(sentence, "hotlinectl: cannot write " + file);
      for (const auto& entry : std::filesystem::directory_iterator(dir_ / "")) {
        EXPECT_FALSE(entry.path().filename().string().starts_with("x.")) << entry.path();
      }
    }
  }
}

}  // namespace
}  // namespace hotline::ctl
