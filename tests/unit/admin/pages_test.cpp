#include "admin/pages.h"

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotline::admin {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
namespace asio = boost::asio;
using tcp = asio::ip::tcp;

class PagesTest : public testing::Test {
 protected:
  void start(PagesLimits limits = {}) {
    auto pages = Pages::start(
        "127.0.0.1", 0,
        [this](const std::string& path, const Pages::Reply& reply) {
          if (path == "/later") return later_.push_back(reply);
          reply({path == "/ok" ? 200 : 404, "you asked for " + path + "\n"});
        },
        limits);
    ASSERT_TRUE(pages) << pages.error();
    pages_ = std::move(*pages);
  }

  tcp::socket connect() {
    tcp::socket socket(io_);
    socket.connect({asio::ip::make_address("127.0.0.1"), pages_->port()});
    return socket;
  }

  static std::string read_to_end(tcp::socket& socket) {
    std::string text;
    boost::system::error_code ignored;
    asio::read(socket, asio::dynamic_buffer(text), ignored);
    return text;
  }

  std::string exchange(const std::string& bytes) {
    tcp::socket socket = connect();
    boost::system::error_code ignored;
    asio::write(socket, asio::buffer(bytes), ignored);
    return read_to_end(socket);
  }

  std::string get(const std::string& path) {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
  }

  asio::io_context io_;
  std::vector<Pages::Reply> later_;
  std::unique_ptr<Pages> pages_;
};

TEST_F(PagesTest, shows_a_page_and_closes) {
  start();
  const std::string answer = get("/ok?x=1");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nyou asked for /ok\n"));
  EXPECT_THAT(get("/no"), StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

TEST_F(PagesTest, takes_nothing_but_get_and_head) {
  start();
  EXPECT_THAT(exchange("HEAD /ok HTTP/1.1\r\nHost: h\r\n\r\n"), EndsWith("\r\n\r\n"));
  const std::string refused = exchange("DELETE /ok HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
  EXPECT_THAT(refused, HasSubstr("Allow: GET, HEAD\r\n"));
  EXPECT_THAT(exchange("POST /ok HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"),
              StartsWith("HTTP/1.1 413 "));
}

TEST_F(PagesTest, survives_what_is_no_http_and_what_is_too_much) {
  start();
  EXPECT_THAT(exchange("GET /ok HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"),
              testing::AnyOf(StartsWith("HTTP/1.1 431 "), IsEmpty()));
  EXPECT_THAT(exchange(std::string("\0\1\2\r\n\r\n", 7)), IsEmpty());
  EXPECT_THAT(exchange("GET /ok HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                       "Content-Length: 5\r\n\r\nffff\r\n"),
              testing::Not(StartsWith("HTTP/1.1 200")));
  EXPECT_THAT(get("/ok"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(PagesTest, waits_only_so_long_for_a_request_and_for_its_page) {
  start({.patience = Milliseconds(50)});
  tcp::socket slow = connect();
  asio::write(slow, asio::buffer(std::string("GET /ok HT")));
  EXPECT_THAT(read_to_end(slow), IsEmpty());
  const std::string answer = get("/later");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
  later_.at(0)({200, "too late\n"});
  EXPECT_THAT(get("/ok"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(PagesTest, has_only_so_many_visitors_at_once) {
  start({.connections = 2});
  tcp::socket one = connect();
  tcp::socket two = connect();
  // The third is closed unread; how that looks to it is the kernel's.
  EXPECT_THAT(get("/ok"), IsEmpty());
  one.close();
  two.close();
  std::string answer;
  for (int i = 0; i < 200 && answer.empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    answer = get("/ok");
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(PagesTest, replies_that_come_after_its_end_go_nowhere) {
  start();
  tcp::socket socket = connect();
  asio::write(socket, asio::buffer(std::string("GET /later HTTP/1.1\r\nHost: h\r\n\r\n")));
  while (get("/ok").empty() || later_.empty()) std::this_thread::yield();
  pages_.reset();
  later_.at(0)({200, "too late\n"});
  EXPECT_THAT(read_to_end(socket), IsEmpty());
}

TEST_F(PagesTest, says_what_is_in_the_way) {
  start();
  const auto taken = Pages::start("127.0.0.1", pages_->port(), {});
  ASSERT_FALSE(taken);
  EXPECT_THAT(taken.error(), HasSubstr("metrics: cannot listen at 127.0.0.1 port "));
  EXPECT_THAT(taken.error(), HasSubstr("Address already in use"));
}

}  // namespace
}  // namespace hotline::admin
