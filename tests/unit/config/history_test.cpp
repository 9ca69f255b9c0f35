// The history of loaded versions: what was kept is there, whole, whatever happened.
#include "config/history.h"

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config/digest.h"
#include "support/temp_dir.h"
#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using support::TempDir;

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::HasSubstr;
using How = Origin::How;

const Origin kStart{How::start, {}, {}};
const Origin kSaved{How::saved, 7U, "li"};

std::vector<KeptFile> files(const std::string& text) {
  return {{"hotline.toml", text, false}, {"lists/a.txt", "the same\n", false}};
}

Version keep(const fs::path& state, const std::vector<KeptFile>& texts,
             const Origin& origin = kStart, HistoryBounds bounds = {}) {
  const auto kept =
      History(state, bounds).keep(version_of(texts, origin, day("2026-06-01")), texts);
  EXPECT_TRUE(kept) << kept.error();
  return kept.value_or(Version{});
}

std::vector<std::uint32_t> numbers(const fs::path& state) {
  std::vector<std::uint32_t> all;
  const auto listed = History(state).list();
  EXPECT_TRUE(listed && listed->damaged.empty());
  if (!listed) return all;
  for (const Version& version : listed->versions) {
    all.push_back(version.number);
    EXPECT_TRUE(History(state).texts(version)) << "version " << version.number << " is not whole";
  }
  return all;
}

std::size_t texts_kept(const fs::path& state) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(state / "history/files"), {}));
}

TEST(Digest, is_that_of_sha256sum) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(History, keeps_what_each_load_was_made_of) {
  const TempDir state;
  EXPECT_THAT(numbers(state.path()), ElementsAre());
  const Origin li{How::command, 1000U, "li"};
  const std::vector<KeptFile> secret = {{"hotline.toml", "two", false}, {"pass", "word", true}};
  EXPECT_EQ(keep(state.path(), files("one")).number, 1u);
  EXPECT_EQ(keep(state.path(), secret, li).number, 2u);

  const auto listed = History(state.path()).list();
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->versions.size(), 2u);
  const Version& second = listed->versions[1];
  EXPECT_EQ(second.at, day("2026-06-01"));
  EXPECT_EQ(second.origin.to_string(), "li (1000)");
  EXPECT_EQ(listed->versions[0].origin.to_string(), "start");
  EXPECT_EQ(listed->in_use()->number, 2u);
  EXPECT_EQ(listed->find(1)->hash, version_of(files("one"), {}, {}).hash);
  EXPECT_EQ(listed->find(3), nullptr);
  const auto texts = History(state.path()).texts(second);
  ASSERT_TRUE(texts);
  EXPECT_EQ(texts->at(1).text, "word");
  EXPECT_TRUE(texts->at(1).is_secret);
  EXPECT_FALSE(texts->at(0).is_secret);
}

TEST(History, the_version_in_use_is_not_added_again) {
  const TempDir state;
  EXPECT_EQ(keep(state.path(), files("one")).number, 1u);
  EXPECT_EQ(keep(state.path(), files("one")).number, 1u);
  EXPECT_EQ(keep(state.path(), files("two")).number, 2u);
  EXPECT_EQ(keep(state.path(), files("one")).number, 3u) << "back again is a version of its own";
  EXPECT_EQ(keep(state.path(), files("one"), kSaved).number, 3u);
  EXPECT_EQ(keep(state.path(), files("two"), kSaved).number, 2u) << "it is there already";
  EXPECT_EQ(keep(state.path(), files("mine"), kSaved).number, 4u);
  EXPECT_EQ(History(state.path()).list()->in_use()->number, 3u) << "4 was never loaded";
  EXPECT_EQ(keep(state.path(), files("one")).number, 3u) << "3 is in use, whatever was saved";
  EXPECT_THAT(numbers(state.path()), ElementsAre(1, 2, 3, 4));
}

TEST(History, a_text_is_kept_once) {
  const TempDir state;
  for (const char* text : {"one", "two", "three", "the same\n"}) keep(state.path(), files(text));
  EXPECT_EQ(texts_kept(state.path()), 4u);
  EXPECT_THAT(numbers(state.path()), ElementsAre(1, 2, 3, 4));
}

TEST(History, the_oldest_go_beyond_so_many_versions) {
  const TempDir state;
  const HistoryBounds three{3, 1 << 20};
  for (int i = 1; i <= 5; ++i) keep(state.path(), files(std::to_string(i)), kStart, three);
  EXPECT_THAT(numbers(state.path()), ElementsAre(3, 4, 5));
  EXPECT_EQ(texts_kept(state.path()), 4u);
}

TEST(History, the_oldest_go_beyond_so_many_bytes_but_never_the_one_in_use) {
  const TempDir state;
  const std::string large(400, 'x');
  const HistoryBounds kilobyte{50, 1000};
  for (int i = 1; i <= 4; ++i) {
    keep(state.path(), files(std::to_string(i) + large), kStart, kilobyte);
  }
  EXPECT_THAT(numbers(state.path()), ElementsAre(3, 4));
  keep(state.path(), files(std::string(5000, 'x')), kStart, kilobyte);
  EXPECT_THAT(numbers(state.path()), ElementsAre(5));
  keep(state.path(), files(std::string(6000, 'y')), kSaved, kilobyte);
  EXPECT_THAT(numbers(state.path()), ElementsAre(5, 6)) << "5 is still in use";
}

TEST(History, is_whole_wherever_a_process_died) {
  const TempDir state;
  keep(state.path(), files("one"));
  const Version two = version_of(files("two"), kStart, day("2026-06-02"));
  const std::string hash = two.find("hotline.toml")->hash;
  state.write("history/files/" + hash + ".new", "tw");     // while it wrote a text
  state.write("history/000002.json.new", "{\"version\"");  // while it wrote the version
  EXPECT_THAT(numbers(state.path()), ElementsAre(1));
  EXPECT_EQ(keep(state.path(), files("two")).number, 2u);
  EXPECT_THAT(numbers(state.path()), ElementsAre(1, 2));

  state.write("history/files/" + std::string(64, 'a'), "no version has it");
  for (int i = 3; i <= 4; ++i) {
    keep(state.path(), files(std::to_string(i)), kStart, {2, 1 << 20});
  }
  EXPECT_EQ(texts_kept(state.path()), 3u) << "what is unused goes with the oldest";
  EXPECT_THAT(numbers(state.path()), ElementsAre(3, 4));
}

// Has a process add a version, and kills it as it begins its n-th system call.
// Returns: false where it was done before that.
bool killed_at(int n, const fs::path& state, const std::vector<KeptFile>& texts,
               HistoryBounds bounds) {
  const pid_t victim = ::fork();
  if (victim == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(1);
    ::raise(SIGSTOP);
    ::_exit(History(state, bounds).keep(version_of(texts, kStart, {}), texts) ? 0 : 1);
  }
  int status = 0;
  ::waitpid(victim, &status, 0);
  for (int stops = 0; stops < 2 * n - 1 && WIFSTOPPED(status); ++stops) {
    ::ptrace(PTRACE_SYSCALL, victim, nullptr, nullptr);
    ::waitpid(victim, &status, 0);
  }
  if (!WIFSTOPPED(status)) {
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "it could not keep the version";
    return false;
  }
  ::kill(victim, SIGKILL);
  ::waitpid(victim, &status, 0);
  return true;
}

TEST(History, is_whole_at_whichever_system_call_a_process_dies) {
  const HistoryBounds two{2, 1 << 20};
  const TempDir before;
  keep(before.path(), files("one"), kStart, two);
  keep(before.path(), files("two"), kStart, two);
  int n = 1;
  for (bool killed = true; killed; ++n) {
    const TempDir state;
    fs::copy(before.path(), state.path(), fs::copy_options::recursive);
    killed = killed_at(n, state.path(), files("three"), two);
    const auto listed = numbers(state.path());  // fails where one is not whole
    ASSERT_FALSE(listed.empty()) << "system call " << n;
    EXPECT_GE(listed.back(), 2u) << "system call " << n;
    const Version next = keep(state.path(), files("four"), kStart, two);
    EXPECT_THAT(numbers(state.path()), ElementsAre(next.number - 1, next.number))
        << "system call " << n;
    EXPECT_EQ(texts_kept(state.path()), 3u) << "system call " << n;
  }
  EXPECT_GT(n, 30) << "adding a version takes more system calls than that";
}

TEST(History, what_is_damaged_is_told_and_hinders_nothing_else) {
  const TempDir state;
  keep(state.path(), files("one"));
  keep(state.path(), files("two"));
  const auto before = History(state.path()).list();
  const std::string hash = before->versions[0].find("hotline.toml")->hash;
  state.write("history/files/" + hash, "eno");
  EXPECT_THAT(History(state.path()).texts(before->versions[0]).error(),
              HasSubstr(hash + " is damaged"));

  state.write("history/000001.json", R"({"version": 1, "hash": "x"})");
  state.write("history/000002.json", "{");
  const auto listed = History(state.path()).list();
  ASSERT_TRUE(listed);
  EXPECT_EQ(listed->in_use(), nullptr);
  ASSERT_EQ(listed->damaged.size(), 2u);
  EXPECT_THAT(listed->damaged[1], HasSubstr("000002.json is damaged"));
  EXPECT_EQ(keep(state.path(), files("three")).number, 3u);
}

TEST(History, a_version_that_leads_outside_is_damaged) {
  const TempDir state;
  Version version = keep(state.path(), files("one"));
  state.write("history/000002.json",
              R"({"version":2,"hash":"","at_ms":0,"how":"start","uid":null,"user":"","files":[)"
              R"({"name":"../x","sha256":")" +
                  version.files[0].hash + R"(","bytes":3,"secret":false}]})");
  const auto listed = History(state.path()).list();
  ASSERT_EQ(listed->damaged.size(), 1u);
  EXPECT_THAT(listed->damaged[0], HasSubstr("leads outside"));
}

TEST(History, is_for_its_owner_alone_and_says_what_hinders_it) {
  const TempDir state;
  keep(state.path(), files("one"));
  EXPECT_EQ(fs::status(state.path() / "history").permissions(), fs::perms::owner_all);
  const auto nowhere =
      History(state.path() / "missing").keep(version_of(files("one"), kStart, {}), files("one"));
  ASSERT_FALSE(nowhere);
  EXPECT_THAT(nowhere.error(), HasSubstr("missing/history"));
  const std::vector<KeptFile> odd = {{"hotlines/\xff.toml", "", false}};
  const auto no_name = History(state.path()).keep(version_of(odd, kStart, {}), odd);
  ASSERT_FALSE(no_name);
  EXPECT_EQ(no_name.error(), "the name of a file is no UTF-8");
  EXPECT_THAT(numbers(state.path()), ElementsAre(1));
}

}  // namespace
}  // namespace hotline::config
