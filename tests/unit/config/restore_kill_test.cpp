// A rollback that is killed between any two of its steps: the directory is the old configuration or
// the new one, or it says of itself that it is neither, loads no more, and can be put right.
#include <cerrno>
#include <cstdio>
#include <map>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config/restore.h"
#include "support/temp_dir.h"
#include "unit/config/fixture.h"

namespace {

constexpr int kNever = -1;
constexpr int kKilled = 9;

int steps_until_death = kNever;

// Death comes without notice: nothing is cleaned up.
void step() {
  if (steps_until_death == 0) ::_exit(kKilled);
  if (steps_until_death > 0) --steps_until_death;
}

}  // namespace

// What names files, here and in the library that std::filesystem is in.
extern "C" int rename(const char* from, const char* to) noexcept {
  step();
  return ::renameat(AT_FDCWD, from, AT_FDCWD, to);
}
extern "C" int remove(const char* path) noexcept {
  step();
  const int result = ::unlinkat(AT_FDCWD, path, 0);
  return result != 0 && errno == EISDIR ? ::unlinkat(AT_FDCWD, path, AT_REMOVEDIR) : result;
}

namespace hotline::config {
namespace {

namespace fs = std::filesystem;

using support::TempDir;

std::string hotline_of(const std::string& number, const std::string& ring_s) {
  std::string text = kHotline;
  text.replace(text.find("4001234567"), 10, number);
  return text.replace(text.find("[[group]]"), 0, "ring_s = " + ring_s + "\n");
}

std::vector<KeptFile> old_files() {
  return {{kPlatformFile, kPlatform, false},
          {"hotlines/a.toml", hotline_of("4001234567", "10"), false},
          {"hotlines/b.toml", hotline_of("4001234568", "10"), false},
          {"hotlines/c.toml", hotline_of("4001234569", "10"), false}};
}

// Two changed, one removed, one new, one as it was.
std::vector<KeptFile> new_files() {
  return {{kPlatformFile, kPlatform + "[log]\n", false},
          {"hotlines/a.toml", hotline_of("4001234567", "20"), false},
          {"hotlines/b.toml", hotline_of("4001234568", "10"), false},
          {"hotlines/d.toml", hotline_of("4001234570", "20"), false}};
}

std::map<std::string, std::string> by_name(const std::vector<KeptFile>& files) {
  std::map<std::string, std::string> texts;
  for (const KeptFile& file : files) texts[file.name] = file.text;
  return texts;
}

std::map<std::string, std::string> all_in(const TempDir& dir, bool hidden) {
  std::map<std::string, std::string> texts;
  for (const auto& entry : fs::recursive_directory_iterator(dir.path())) {
    if (!entry.is_regular_file()) continue;
    if (!hidden && entry.path().filename().string().starts_with('.')) continue;
    const std::string name = fs::relative(entry.path(), dir.path()).string();
    texts[name] = dir.read(name);
  }
  return texts;
}

tl::expected<Restored, std::string> roll_back(const std::vector<KeptFile>& files,
                                              const TempDir& dir, std::uint32_t number) {
  return restore(files, dir.path(), {::getuid(), ::getgid()}, number);
}

// Rolls back to the new files in a process of its own, which dies before that step.
// Returns: whether it died.
bool killed_before(int step, const TempDir& dir) {
  const pid_t child = ::fork();
  if (child == 0) {
    steps_until_death = step;
    ::_exit(roll_back(new_files(), dir, 7) ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) != 1);
  return WEXITSTATUS(status) == kKilled;
}

enum class State { old, changed, neither };

State state_of(const TempDir& dir) {
  const auto texts = all_in(dir, false);
  if (texts == by_name(old_files())) return State::old;
  return texts == by_name(new_files()) ? State::changed : State::neither;
}

TEST(KilledRestore, leaves_the_old_or_the_new_or_says_so) {
  std::map<State, int> seen;
  int told = 0;
  for (int step = 0;; ++step) {
    const TempDir dir;
    for (const KeptFile& file : old_files()) dir.write(file.name, file.text);
    const bool killed = killed_before(step, dir);
    const State state = state_of(dir);
    ++seen[state];
    const auto problems = problems_of(DiskFiles(dir.path()), context());
    const bool tells = !problems.empty() && problems[0].starts_with(".rollback: a rollback");
    told += tells ? 1 : 0;
    EXPECT_EQ(problems.size(), tells ? 1u : 0u);
    EXPECT_TRUE(tells || state != State::neither) << "before step " << step;
    if (!killed) {
      EXPECT_EQ(state, State::changed);
      EXPECT_FALSE(tells);
      break;
    }
    // Forward or back: whole again, and nothing is left lying about.
    const auto& files = step % 2 == 0 ? new_files() : old_files();
    ASSERT_TRUE(roll_back(files, dir, 8));
    EXPECT_TRUE(load(dir.path(), context()));
    EXPECT_EQ(all_in(dir, false), by_name(files));
    if (step % 2 == 0) {
      EXPECT_EQ(all_in(dir, true), by_name(files));
    }
  }
  EXPECT_GE(seen[State::old], 2);
  EXPECT_GE(seen[State::neither], 3);
  EXPECT_GE(seen[State::changed], 2);
  EXPECT_GE(told, 3);
}

TEST(KilledRestore, says_how_to_go_on) {
  Texts texts = good_texts();
  texts[".rollback"] = "7\n";
  EXPECT_THAT(
      problems_of(MemoryFiles(texts), context()),
      testing::ElementsAre(
          ".rollback: a rollback to version 7 is under way or was broken off: the files may "
          "be of two versions; go on with hotlinectl config rollback 7 --force, or remove this "
          "file once they are as you want them"));
  texts[kPlatformFile] += "nonsense = 1\n";
  EXPECT_EQ(problems_of(MemoryFiles(texts), context()).size(), 2u) << "all problems at once";
}

}  // namespace
}  // namespace hotline::config
