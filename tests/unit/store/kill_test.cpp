// kill -9 at any instant: what was reported as stored is there, nothing is there twice, and the
// sums agree.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/audit.h"
#include "store/reader.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

// Starts a victim, reads `bytes` of what it says and a little more, and kills it.
std::string kill_after(const std::filesystem::path& state_dir, int first_call, std::size_t bytes) {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::string arguments[] = {STORE_VICTIM, state_dir.string(), std::to_string(first_call)};
  char* argv[] = {arguments[0].data(), arguments[1].data(), arguments[2].data(), nullptr};
  pid_t pid = 0;
  EXPECT_EQ(::posix_spawn(&pid, STORE_VICTIM, &actions, nullptr, argv, environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);

  std::string said;
  char buffer[4096];
  const auto read_some = [&] {
    const ssize_t size = ::read(ends[0], buffer, sizeof buffer);
    if (size > 0) said.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  };
  while (said.size() < bytes && read_some()) continue;
  EXPECT_GE(said.size(), bytes) << "the victim died by itself";
  ::kill(pid, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(pid, &status, 0), pid);
  while (read_some()) continue;  // what it said before it died
  ::close(ends[0]);
  return said.substr(0, said.rfind('\n') + 1);
}

struct Said {
  std::set<int> admitted;
  std::set<int> answered;
  std::set<int> closed;
};

void add_lines(const std::string& text, Said& said) {
  std::istringstream lines(text);
  std::string what;
  for (int n = 0; lines >> what >> n;) {
    (what == "admitted"   ? said.admitted
     : what == "answered" ? said.answered
                          : said.closed)
        .insert(n);
  }
}

// Compares what was said with what is there.
void judge(const std::filesystem::path& state_dir, const Said& said) {
  const auto opened = open(state_dir);
  ASSERT_TRUE(opened) << opened.error();
  const auto start = load_start(opened->database, WallTime{});  // proves the balances by the ledger
  ASSERT_TRUE(start) << start.error();
  std::map<CallId, const call::Unfinished*> journal;
  for (const auto& call : start->unfinished) journal[call.draft.id] = &call;
  std::map<CallId, int> filed;
  for (const auto& record : all_records(opened->database)) ++filed[record.id];

  for (const auto& [id, times] : filed) {
    EXPECT_EQ(times, 1);
    EXPECT_FALSE(journal.contains(id)) << "closed, and open too";
  }
  for (const int n : said.admitted) {
    const CallId id = sample_record(n).id;
    EXPECT_TRUE(journal.contains(id) || filed.contains(id)) << "lost call " << n;
  }
  for (const int n : said.answered) {
    const auto open_call = journal.find(sample_record(n).id);
    EXPECT_TRUE(open_call == journal.end() || open_call->second->answer) << "lost answer " << n;
  }
  for (const int n : said.closed) EXPECT_TRUE(filed.contains(sample_record(n).id)) << n;

  const auto totals = Reader::open(opened->database)->totals();
  ASSERT_TRUE(totals);
  EXPECT_EQ(totals->charges, totals->charged);

  const auto audited = audit(opened->database, {});
  ASSERT_TRUE(audited) << audited.error();
  EXPECT_EQ(audited->found, 0U) << audited->findings[0].table << " " << audited->findings[0].seq
                                << " " << audited->findings[0].is;
}

TEST(KillNine, loses_nothing_that_was_reported) {
  TempDir dir;
  Said said;
  std::mt19937 random(400);  // NOLINT: the same instants each time
  std::uniform_int_distribution<std::size_t> bytes(1, 20'000);
  constexpr int kKills = 12;
  for (int life = 0; life < kKills; ++life) {
    add_lines(kill_after(dir.path(), 1 + life * 10'000, bytes(random)), said);
    judge(dir.path(), said);
    if (HasFailure()) return;
  }
  EXPECT_FALSE(said.closed.empty());
}

}  // namespace
}  // namespace hotline::store
