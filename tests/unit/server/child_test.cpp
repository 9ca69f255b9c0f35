#include "server/child.h"

#include <csignal>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include "support/temp_dir.h"

namespace hotline::server {
namespace {

Errand script(const std::string& text, const std::string& input = "") {
  return {{"/bin/sh", "-c", text}, input, Seconds(60), {}};
}

// Its error; empty: none.
std::string error_of(const Errand& errand) {
  const auto done = run_errand(errand);
  return done ? "" : done.error();
}

// One that has ended and that nobody has collected yet does not.
bool lives(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  std::string word;
  while (status >> word && word != "State:") {
  }
  std::string state;
  status >> state;
  return !state.empty() && state != "Z" && state != "X";
}

TEST(Child, reads_its_input_and_its_arguments_as_they_are) {
  const support::TempDir dir;
  const std::string file = dir.path() / "got";
  const std::string word = "$HOME `id` ; \"x\" \n";
  const Errand errand{
      {"/bin/sh", "-c", "cat > \"$1\"; printf %s \"$2\" >> \"$1\"", "tell", file, word},
      "{\"a\": 1}\n",
      Seconds(60),
      {}};
  EXPECT_EQ(error_of(errand), "");
  std::ostringstream got;
  got << std::ifstream(file).rdbuf();
  EXPECT_EQ(got.str(), "{\"a\": 1}\n" + word);
}

TEST(Child, need_not_read_its_input) {
  EXPECT_EQ(error_of(script("exit 0", std::string(kMostInput, 'x'))), "");
  EXPECT_NE(error_of(script("exit 0", std::string(kMostInput + 1, 'x'))), "");
}

TEST(Child, says_why_it_failed) {
  EXPECT_EQ(error_of(script("exit 7")), "/bin/sh: exit status 7");
  EXPECT_EQ(error_of(script("echo no; echo route >&2; exit 1")),
            "/bin/sh: exit status 1: no\nroute");
  EXPECT_EQ(error_of(script("kill -9 $$")), "/bin/sh: ended by signal 9");
  EXPECT_EQ(error_of({{"/no/such"}, "", Seconds(60), {}}),
            "/no/such: cannot be run: No such file or directory");
}

TEST(Child, may_say_more_than_anybody_keeps) {
  const std::string error = error_of(script("yes | head -c 3000000; exit 3"));
  EXPECT_TRUE(error.starts_with("/bin/sh: exit status 3: y\ny\n")) << error;
  EXPECT_LT(error.size(), 400U);
}

TEST(Child, that_takes_too_long_is_killed_with_all_it_has_started) {
  const support::TempDir dir;
  const std::string file = dir.path() / "pid";
  Errand errand = script("sleep 600 & echo $! > " + file + "; wait");
  errand.patience = Seconds(0);
  // It may be killed before it has written anything: then there is nobody to look for.
  EXPECT_EQ(error_of(errand), "/bin/sh: took too long and was killed");
  errand.patience = Seconds(600);
  errand.hurry = [&] { return std::ifstream(file).peek() != EOF; };
  EXPECT_EQ(error_of(errand), "/bin/sh: took too long and was killed");
  pid_t sleeper = 0;
  ASSERT_TRUE(std::ifstream(file) >> sleeper);
  for (int looks = 0; lives(sleeper) && looks < 3000; ++looks) ::poll(nullptr, 0, 10);
  EXPECT_FALSE(lives(sleeper));
}

TEST(Child, inherits_no_files_and_no_ignored_signals) {
  const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  // As libraries open them, without O_CLOEXEC; above the numbers that a shell's own pipes get.
  const int leak = ::fcntl(file, F_DUPFD, 100);
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  const std::string look = "ls /proc/$$/fd | grep -qx " + std::to_string(leak) + " && echo open";
  EXPECT_EQ(error_of(script(look + "; kill -PIPE $$; exit 3")), "/bin/sh: ended by signal 13");
  ::signal(SIGPIPE, before);
  ::close(leak);
  ::close(file);
}

}  // namespace
}  // namespace hotline::server
