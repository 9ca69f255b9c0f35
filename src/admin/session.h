// One connection to the admin interface: reads a request, asks the desk, writes the answer, and
// again. One request at a time: pipelined ones wait in the buffer.
// Thread: the admin interface's, but for the desk's replies, which come from anywhere.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "admin/server.h"

namespace hotline::admin {

using LocalSocket = boost::asio::local::stream_protocol::socket;
using LocalStream = boost::beast::basic_stream<boost::asio::local::stream_protocol>;
using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

// The way back to the loop for replies from other threads; shut before the loop ends.
struct Gate {
  std::mutex mutex;
  boost::asio::io_context* loop = nullptr;  // null: shut
};

HttpResponse to_http(const Answer& answer, bool keep_alive);

class Session : public std::enable_shared_from_this<Session> {
 public:
  // `on_end` is called once, when the connection is over.
  Session(LocalSocket socket, Desk& desk, const ServerLimits& limits, std::shared_ptr<Gate> gate,
          std::function<void()> on_end);

  void start() { read(); }
  // Ends the connection now.
  void close();

 private:
  using Error = boost::beast::error_code;

  void read();
  void on_read(Error error);
  void ask();
  Reply reply_to_this();
  void on_answer(std::uint64_t turn, const Answer& answer);
  void write(const Answer& answer, bool keep_alive);
  void on_write(Error error);

  LocalStream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  HttpResponse response_;
  boost::asio::steady_timer desk_timer_;

  Desk& desk_;
  const ServerLimits& limits_;
  std::shared_ptr<Gate> gate_;
  std::function<void()> on_end_;
  std::optional<std::uint32_t> uid_;  // of whoever connected
  std::uint64_t turn_ = 0;  // which request is being answered; an answer to another is late
};

}  // namespace hotline::admin
