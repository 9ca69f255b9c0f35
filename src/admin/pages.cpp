#include "admin/pages.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include "admin/session.h"

namespace hotline::admin {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Error = boost::system::error_code;

constexpr Milliseconds kAcceptAgain{100};  // after accept() failed, mostly for want of descriptors

HttpResponse to_http(const Page& page, bool with_body) {
  HttpResponse response{static_cast<http::status>(page.status), 11};
  response.set(http::field::content_type, page.type);
  response.set(http::field::cache_control, "no-store");
  if (page.status == 405) response.set(http::field::allow, "GET, HEAD");
  response.keep_alive(false);
  response.body() = page.body;
  response.prepare_payload();
  if (!with_body) response.body().clear();  // its length stays: what GET would have
  return response;
}

// One request, its page, and the end.
class Visit : public std::enable_shared_from_this<Visit> {
 public:
  Visit(tcp::socket socket, const Pages::Read& read, const PagesLimits& limits,
        std::shared_ptr<Gate> gate, std::shared_ptr<std::size_t> open)
      : stream_(std::move(socket)),
        buffer_(limits.header_bytes),
        timer_(stream_.get_executor()),
        read_(read),
        limits_(limits),
        gate_(std::move(gate)),
        open_(std::move(open)) {
    ++*open_;
  }
  ~Visit() { --*open_; }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  void start() {
    parser_.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
    parser_.body_limit(std::uint64_t{0});
    stream_.expires_after(limits_.patience);
    http::async_read(
        stream_, buffer_, parser_,
        [self = shared_from_this()](Error error, std::size_t) { self->on_read(error); });
  }

 private:
  void on_read(Error error) {
    if (error == http::error::body_limit) return write({413, "no body is wanted here\n"});
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      return write({431, "the header is too large\n"});
    }
    if (error) return;  // gone, too slow, or nothing that is HTTP
    const auto& request = parser_.get();
    is_head_ = request.method() == http::verb::head;
    if (!is_head_ && request.method() != http::verb::get) {
      return write({405, "only GET\n"});
    }
    timer_.expires_after(limits_.patience);
    timer_.async_wait([self = shared_from_this()](Error failed) {
      if (!failed) self->write({503, "no answer in time\n"});
    });
    const auto target = request.target();
    const std::string path(target.data(), std::min(target.size(), target.find('?')));
    read_(path, [gate = gate_, visit = weak_from_this()](Page page) {
      const std::lock_guard lock(gate->mutex);
      if (gate->loop == nullptr) return;
      asio::post(*gate->loop, [visit, page = std::move(page)] {
        if (const auto self = visit.lock()) self->write(page);
      });
    });
  }

  void write(const Page& page) {
    if (std::exchange(is_answered_, true)) return;
    timer_.cancel();
    response_ = to_http(page, !is_head_);
    stream_.expires_after(limits_.patience);
    http::async_write(stream_, response_, [self = shared_from_this()](Error, std::size_t) {
      Error ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request_parser<http::empty_body> parser_;
  HttpResponse response_;
  asio::steady_timer timer_;
  const Pages::Read& read_;
  const PagesLimits& limits_;
  std::shared_ptr<Gate> gate_;
  std::shared_ptr<std::size_t> open_;  // how many visits there are
  bool is_head_ = false;
  bool is_answered_ = false;
};

}  // namespace

class Pages::Loop {
 public:
  Loop(Read read, PagesLimits limits)
      : read_(std::move(read)),
        limits_(limits),
        acceptor_(loop_),
        pause_(loop_),
        gate_(std::make_shared<Gate>()),
        open_(std::make_shared<std::size_t>(0)) {
    gate_->loop = &loop_;
  }

  ~Loop() {
    if (thread_.joinable()) {
      loop_.stop();
      thread_.join();
    }
    const std::lock_guard lock(gate_->mutex);
    gate_->loop = nullptr;
  }

  // Errors: why not.
  Error listen(const tcp::endpoint& at) {
    Error error;
    acceptor_.open(at.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(at, error);
    if (!error) acceptor_.listen(static_cast<int>(limits_.connections), error);
    return error;
  }

  void begin() {
    accept();
    thread_ = std::thread([this] { loop_.run(); });
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  void accept() {
    acceptor_.async_accept([this](Error error, tcp::socket socket) {
      if (error) return accept_later();
      // One too many is closed without a word.
      if (*open_ < limits_.connections) {
        std::make_shared<Visit>(std::move(socket), read_, limits_, gate_, open_)->start();
      }
      accept();
    });
  }

  void accept_later() {
    pause_.expires_after(kAcceptAgain);
    pause_.async_wait([this](Error error) {
      if (!error) accept();
    });
  }

  Read read_;
  PagesLimits limits_;
  asio::io_context loop_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::shared_ptr<Gate> gate_;
  std::shared_ptr<std::size_t> open_;
  std::thread thread_;
};

tl::expected<std::unique_ptr<Pages>, std::string> Pages::start(const std::string& host,
                                                               std::uint16_t port, Read read,
                                                               PagesLimits limits) {
  Error error;
  const auto address = asio::ip::make_address(host, error);
  auto loop = std::make_unique<Loop>(std::move(read), limits);
  if (!error) error = loop->listen({address, port});
  if (error) {
    return tl::make_unexpected("metrics: cannot listen at " + host + " port " +
                               std::to_string(port) + ": " + error.message());
  }
  loop->begin();
  return std::unique_ptr<Pages>(new Pages(std::move(loop)));
}

Pages::Pages(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Pages::~Pages() = default;
std::uint16_t Pages::port() const { return loop_->port(); }

}  // namespace hotline::admin
