#include "admin/client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <sys/un.h>

namespace hotline::admin {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Protocol = asio::local::stream_protocol;

constexpr std::size_t kLongestPath = sizeof(sockaddr_un::sun_path) - 1;
constexpr std::uint64_t kMostAnswer = 256ULL * 1024 * 1024;  // a page of records fits many times

tl::unexpected<Unreachable> cannot_connect(const std::string& path, beast::error_code error) {
  if (error == asio::error::access_denied) {
    return tl::make_unexpected(
        Unreachable{Unreachable::Why::forbidden, "this user may not use the control socket " +
                                                     path + ": run as the server's user, or root"});
  }
  const bool stopped =
      error == asio::error::connection_refused || error == beast::errc::no_such_file_or_directory;
  return tl::make_unexpected(
      Unreachable{stopped ? Unreachable::Why::stopped : Unreachable::Why::broken,
                  "no server answers at " + path + " (" + error.message() +
                      "): start hotlined, or name its socket with --socket"});
}

tl::unexpected<Unreachable> no_answer(const std::string& path, beast::error_code error) {
  return tl::make_unexpected(Unreachable{
      Unreachable::Why::broken,
      "the server at " + path + " gave no answer (" + error.message() + "): see its log"});
}

// One operation at a time, run to its end: a blocking stream with a deadline.
class Connection {
 public:
  explicit Connection(Milliseconds patience) : stream_(loop_) { stream_.expires_after(patience); }

  beast::error_code connect(const std::string& path) {
    stream_.async_connect(Protocol::endpoint(path), [this](beast::error_code e) { error_ = e; });
    return finish();
  }

  beast::error_code send(const http::request<http::string_body>& request) {
    http::async_write(stream_, request, [this](beast::error_code e, std::size_t) { error_ = e; });
    return finish();
  }

  beast::error_code receive(http::response_parser<http::string_body>& parser) {
    http::async_read(stream_, buffer_, parser,
                     [this](beast::error_code e, std::size_t) { error_ = e; });
    return finish();
  }

 private:
  beast::error_code finish() {
    loop_.restart();
    loop_.run();
    return error_;
  }

  asio::io_context loop_{1};
  beast::basic_stream<Protocol> stream_;
  beast::flat_buffer buffer_;
  beast::error_code error_;
};

}  // namespace

tl::expected<Answer, Unreachable> request(const std::string& socket_path, const std::string& method,
                                          const std::string& target, const std::string& body,
                                          Milliseconds patience) {
  if (socket_path.empty() || socket_path.size() > kLongestPath) {
    return cannot_connect(socket_path, asio::error::name_too_long);
  }
  Connection connection(patience);
  if (const auto error = connection.connect(socket_path)) {
    return cannot_connect(socket_path, error);
  }

  http::request<http::string_body> message;
  message.version(11);
  message.method_string(method);
  message.target(target);
  message.set(http::field::host, "hotlined");
  message.keep_alive(false);
  message.body() = body;
  message.prepare_payload();
  // A server that is full answers without reading: what it said counts, not how the sending went.
  const auto send_error = connection.send(message);
  http::response_parser<http::string_body> parser;
  parser.body_limit(kMostAnswer);
  if (const auto error = connection.receive(parser)) {
    return no_answer(socket_path, send_error ? send_error : error);
  }

  Answer answer{.status = static_cast<int>(parser.get().result_int()),
                .body = Json::parse(parser.get().body(), nullptr, false)};
  if (!answer.body.is_object()) {
    return no_answer(socket_path, make_error_code(beast::errc::bad_message));
  }
  return answer;
}

}  // namespace hotline::admin
