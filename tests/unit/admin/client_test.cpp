#include "admin/client.h"

#include <thread>

#include <gtest/gtest.h>

#include "admin/server.h"
#include "admin/socket_file.h"
#include "support/temp_dir.h"
#include "unit/admin/fake_desk.h"

namespace hotline::admin {
namespace {

using support::TempDir;

TEST(Client, brings_answers_and_refusals) {
  const TempDir dir;
  FakeDesk desk;
  const auto server = Server::start(dir / "s", desk);
  ASSERT_TRUE(server) << server.error();

  const auto opened = request(dir / "s", "POST", "/accounts", R"({"name": "acme"})");
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->status, 200);
  EXPECT_EQ(opened->body.at("asked"), "open acme");

  const auto refused = request(dir / "s", "GET", "/nothing", "");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 404);
  EXPECT_EQ(refused->body.at("error").at("code"), "no_such_path");
}

TEST(Client, tells_a_stopped_server_from_a_broken_one) {
  const TempDir dir;
  EXPECT_EQ(request(dir / "s", "GET", "/status", "").error().why, Unreachable::Why::stopped);
  EXPECT_EQ(request(std::string(200, 'x'), "GET", "/status", "").error().why,
            Unreachable::Why::broken);

  // It listens, but nobody serves.
  const auto silent = SocketFile::listen_at(dir / "s", 4);
  ASSERT_TRUE(silent);
  EXPECT_EQ(request(dir / "s", "GET", "/status", "", Milliseconds(50)).error().why,
            Unreachable::Why::broken);
}

}  // namespace
}  // namespace hotline::admin
