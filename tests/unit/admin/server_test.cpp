#include "admin/server.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "admin/client.h"
#include "support/temp_dir.h"
#include "unit/admin/fake_desk.h"
#include "unit/admin/raw_client.h"

namespace hotline::admin {
namespace {

using support::TempDir;

constexpr const char* kStatus = "GET /status HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr const char* kReload = "POST /reload HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";

class AdminServer : public testing::Test {
 protected:
  void start(ServerLimits limits = {}) {
    auto server = Server::start(path_, desk_, limits);
    ASSERT_TRUE(server) << server.error();
    server_ = std::move(*server);
  }

  // What comes back for these bytes, until the server closes the connection.
  std::string exchange(const std::string& bytes) {
    RawClient client(path_);
    client.send(bytes);
    client.no_more();
    return client.read_to_end();
  }

  // However it was treated before, the server still serves.
  void expect_alive() { EXPECT_TRUE(request(path_, "GET", "/status", "")) << path_; }

  TempDir dir_;
  std::string path_ = dir_ / "control.sock";
  FakeDesk desk_;
  std::unique_ptr<Server> server_;
};

TEST_F(AdminServer, answers_in_json_and_keeps_the_connection) {
  start();
  RawClient client(path_);
  client.send(kStatus);
  ASSERT_TRUE(client.read_until("{\"asked\":\"status\"}\n"));
  EXPECT_TRUE(client.read().starts_with("HTTP/1.1 200 OK\r\n")) << client.read();
  EXPECT_NE(client.read().find("Content-Type: application/json\r\n"), std::string::npos);
  client.send(kReload);
  EXPECT_TRUE(client.read_until("{\"asked\":\"reload\"}\n"));
}

TEST_F(AdminServer, knows_whose_wish_a_reload_is) {
  start();
  EXPECT_FALSE(desk_.reloaded_by());
  ASSERT_TRUE(request(path_, "POST", "/reload", ""));
  EXPECT_EQ(desk_.reloaded_by(), ::geteuid());
}

TEST_F(AdminServer, takes_pipelined_requests_in_order) {
  start();
  std::string requests;
  for (int i = 0; i < 100; ++i) requests += i % 2 == 0 ? kStatus : kReload;
  RawClient client(path_);
  std::thread sender([&] { client.send(requests); });
  EXPECT_TRUE(client.read_until("\"asked\"", 100));
  sender.join();
  const auto asked = desk_.asked();
  ASSERT_EQ(asked.size(), 100U);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    EXPECT_EQ(asked[i], i % 2 == 0 ? "status" : "reload");
  }
}

struct HostileRow {
  const char* what;
  std::string bytes;
  const char* status_line;  // "" where the server just closes
};

TEST_F(AdminServer, hostile_requests_get_a_plain_answer_and_a_closed_door) {
  start();
  const std::string huge(2 * 1024 * 1024, 'x');
  const HostileRow rows[] = {
      {"nothing", "", ""},
      {"half a request", "GET /status HT", ""},
      {"half a body", "POST /accounts HTTP/1.1\r\nContent-Length: 100\r\n\r\n{", ""},
      {"no HTTP", "\x16\x03\x01\x02garbage\r\n\r\n", "HTTP/1.1 400"},
      {"huge target", "GET /" + huge + " HTTP/1.1\r\n\r\n", "HTTP/1.1 431"},
      {"huge header", "GET /status HTTP/1.1\r\nX: " + huge + "\r\n\r\n", "HTTP/1.1 431"},
      {"huge length", "POST /accounts HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n", "HTTP/1.1 413"},
      {"length overflow",
       "POST /accounts HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
       "HTTP/1.1 400"},
      {"huge chunk",
       "POST /accounts HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" + huge,
       "HTTP/1.1 413"},
      {"endless chunk extension",
       "POST /accounts HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + huge, "HTTP/1.1 4"},
      {"both lengths",
       "POST /accounts HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: "
       "chunked\r\n\r\n0\r\n\r\n",
       "HTTP/1.1 400"},
      {"two lengths", "POST /accounts HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}",
       "HTTP/1.1 400"},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 400"},
      {"folded header", "GET /status HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "HTTP/1.1 200"},
      {"path traversal", "GET /accounts/../../etc/passwd HTTP/1.1\r\n\r\n", "HTTP/1.1 404"},
      {"wrong method", "BREW /status HTTP/1.1\r\n\r\n", "HTTP/1.1 405"},
      {"absolute target", "GET http://x/status HTTP/1.1\r\n\r\n", "HTTP/1.1 404"},
      {"bad JSON", "POST /accounts HTTP/1.1\r\nContent-Length: 2\r\n\r\n{x", "HTTP/1.1 400"},
  };
  for (const auto& row : rows) {
    const std::string answer = exchange(row.bytes);
    if (*row.status_line == '\0') {
      EXPECT_EQ(answer, "") << row.what;
    } else {
      EXPECT_TRUE(answer.starts_with(row.status_line)) << row.what << ": " << answer;
    }
    expect_alive();
  }
}

TEST_F(AdminServer, says_which_methods_a_path_knows) {
  start();
  EXPECT_NE(exchange("PUT /accounts HTTP/1.1\r\n\r\n").find("\r\nAllow: GET, POST\r\n"),
            std::string::npos);
}

TEST_F(AdminServer, slow_clients_are_sent_away) {
  start({.patience = Milliseconds(50)});
  RawClient silent(path_);
  RawClient dripping(path_);
  dripping.send("GET /sta");
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_EQ(dripping.read_to_end(), "");
}

TEST_F(AdminServer, a_client_that_does_not_read_is_sent_away) {
  start({.patience = Milliseconds(50)});
  RawClient client(path_);
  // Answers pile up until the server cannot write: it gives up, and our sending fails.
  while (client.send(kStatus)) {
  }
  expect_alive();
}

TEST_F(AdminServer, a_desk_that_says_nothing_is_not_waited_for) {
  desk_.hold();
  start({.patience = Milliseconds(50)});
  RawClient client(path_);
  client.send(kStatus);
  ASSERT_TRUE(client.read_until("no_answer"));
  EXPECT_TRUE(client.read().starts_with("HTTP/1.1 504"));

  // Its late word is not taken for the answer to the next request.
  for (const Reply& reply : desk_.take_held()) reply({.body = {{"late", true}}});
  client.send(kReload);
  EXPECT_TRUE(client.read_until("no_answer", 2));
  EXPECT_EQ(client.read().find("late"), std::string::npos);
}

TEST_F(AdminServer, takes_one_answer_to_a_request) {
  desk_.hold();
  start();
  RawClient client(path_);
  client.send(kStatus);
  std::vector<Reply> held;
  while (held.empty()) held = desk_.take_held();
  held[0]({.body = {{"answer", 1}}});
  held[0]({.body = {{"answer", 2}}});
  ASSERT_TRUE(client.read_until("\"answer\":1}"));
  client.send("GET /accounts HTTP/1.1\r\nConnection: close\r\n\r\n");
  held.clear();
  while (held.empty()) held = desk_.take_held();
  held[0]({.body = {{"answer", 3}}});
  EXPECT_TRUE(client.read_until("\"answer\":3}"));
  EXPECT_EQ(client.read_to_end().find("\"answer\":2"), std::string::npos);
}

TEST_F(AdminServer, has_room_for_so_many_and_no_more) {
  start({.connections = 3});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<RawClient>(path_));
    clients.back()->send(kStatus);
    ASSERT_TRUE(clients.back()->read_until("status\"}\n"));
  }
  RawClient fourth(path_);
  EXPECT_TRUE(fourth.read_to_end().starts_with("HTTP/1.1 503")) << fourth.read();
  const auto refused = request(path_, "GET", "/status", "");
  ASSERT_TRUE(refused) << refused.error().message;
  EXPECT_EQ(refused->body.at("error").at("code"), "too_many_connections");

  clients.pop_back();
  bool served = false;
  while (!served) served = request(path_, "GET", "/status", "")->status == 200;
  for (const auto& client : clients) {
    client->send(kStatus);
    EXPECT_TRUE(client->read_until("status\"}\n", 2));
  }
}

TEST_F(AdminServer, many_clients_and_answers_from_many_threads) {
  desk_.hold();
  start();
  constexpr int kClients = 16;
  constexpr int kRequests = 25;
  std::atomic<int> to_come = kClients * kRequests;
  std::vector<std::thread> threads;
  for (int i = 0; i < kClients; ++i) {
    threads.emplace_back([this] {
      for (int n = 0; n < kRequests; ++n) {
        const auto answer = request(path_, "GET", "/calls", "");
        EXPECT_TRUE(answer && answer->body.at("ok") == true);
      }
    });
  }
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([this, &to_come] {
      while (to_come > 0) {
        for (const Reply& reply : desk_.take_held()) {
          reply({.body = {{"ok", true}}});
          --to_come;
        }
        std::this_thread::yield();
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST_F(AdminServer, ends_with_connections_open_and_answers_outstanding) {
  desk_.hold();
  start();
  RawClient idle(path_);
  RawClient waiting(path_);
  waiting.send(kStatus);
  std::vector<Reply> held;
  while (held.empty()) held = desk_.take_held();
  server_.reset();
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_EQ(waiting.read_to_end(), "");
  held[0]({});  // goes nowhere
}

}  // namespace
}  // namespace hotline::admin
