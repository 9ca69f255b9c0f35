#include "admin/socket_file.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temp_dir.h"
#include "unit/admin/raw_client.h"

namespace hotline::admin {
namespace {

using support::TempDir;

mode_t mode_of(const std::string& path) {
  struct stat file {};
  EXPECT_EQ(::lstat(path.c_str(), &file), 0) << path;
  return file.st_mode & 07777;
}

bool exists(const std::string& path) {
  struct stat file {};
  return ::lstat(path.c_str(), &file) == 0;
}

TEST(SocketFile, is_for_its_user_alone_and_goes_with_the_object) {
  const TempDir dir;
  const std::string path = dir / "run/control.sock";
  {
    const auto file = SocketFile::listen_at(path, 4);
    ASSERT_TRUE(file) << file.error();
    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(mode_of(dir / "run"), 0750U);
    EXPECT_TRUE(RawClient(path).connected());
  }
  EXPECT_FALSE(exists(path));
}

TEST(SocketFile, replaces_what_a_dead_server_left) {
  const TempDir dir;
  const std::string path = dir / "control.sock";
  {
    auto dead = SocketFile::listen_at(path, 4);
    ASSERT_TRUE(dead);
    ASSERT_EQ(::rename(path.c_str(), (dir / "kept").c_str()), 0);
  }
  ASSERT_EQ(::rename((dir / "kept").c_str(), path.c_str()), 0);
  EXPECT_FALSE(RawClient(path).connected());
  const auto file = SocketFile::listen_at(path, 4);
  ASSERT_TRUE(file) << file.error();
  EXPECT_TRUE(RawClient(path).connected());
}

TEST(SocketFile, leaves_a_live_server_alone) {
  const TempDir dir;
  const std::string path = dir / "control.sock";
  const auto live = SocketFile::listen_at(path, 4);
  ASSERT_TRUE(live);
  const auto second = SocketFile::listen_at(path, 4);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().find("a server answers"), std::string::npos) << second.error();
  EXPECT_TRUE(RawClient(path).connected());
}

TEST(SocketFile, does_not_remove_its_successors_file) {
  const TempDir dir;
  const std::string path = dir / "control.sock";
  auto first = SocketFile::listen_at(path, 4);
  ASSERT_TRUE(first);
  ASSERT_EQ(::unlink(path.c_str()), 0);
  const auto second = SocketFile::listen_at(path, 4);
  ASSERT_TRUE(second);
  { const SocketFile gone = std::move(*first); }
  EXPECT_TRUE(RawClient(path).connected());
}

TEST(SocketFile, says_what_is_in_the_way) {
  const TempDir dir;
  std::ofstream(dir / "file") << "precious";
  const struct {
    std::string path;
    const char* says;
  } rows[] = {
      {"", "must be a path of 1 to 107 bytes"},
      {std::string(108, 'a'), "must be a path of 1 to 107 bytes"},
      {dir / "file", "is no socket"},
      {dir / "a/b/control.sock", "cannot make the directory"},
      {dir / "file/control.sock", "cannot make"},
  };
  for (const auto& row : rows) {
    const auto file = SocketFile::listen_at(row.path, 4);
    ASSERT_FALSE(file) << row.path;
    EXPECT_NE(file.error().find(row.says), std::string::npos) << file.error();
  }
  EXPECT_EQ(std::ifstream(dir / "file").get(), 'p');
}

}  // namespace
}  // namespace hotline::admin
