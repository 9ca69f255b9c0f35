#include "admin/server.h"

#include <chrono>
#include <sstream>
#include <thread>
#include <unordered_map>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "admin/session.h"
#include "admin/socket_file.h"

namespace hotline::admin {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;

constexpr Milliseconds kAcceptAgain{100};  // after accept() failed, mostly for want of descriptors

std::string too_many_connections() {
  std::ostringstream text;
  text << to_http(refusal(503, "too_many_connections", "too many admin connections are open",
                          "close some, or try again in a moment"),
                  false);
  return text.str();
}

}  // namespace

// The thread: accepts connections and runs their sessions until it is told to stop.
class Server::Loop {
 public:
  Loop(SocketFile file, Desk& desk, const ServerLimits& limits)
      : file_(std::move(file)),
        desk_(desk),
        limits_(limits),
        acceptor_(loop_, asio::local::stream_protocol(), file_.descriptor()),
        pause_(loop_),
        gate_(std::make_shared<Gate>()) {
    gate_->loop = &loop_;
    accept();
    thread_ = std::thread([this] { loop_.run(); });
  }

  ~Loop() {
    asio::post(loop_, [this] { stop(); });
    thread_.join();
    const std::lock_guard lock(gate_->mutex);
    gate_->loop = nullptr;
  }

 private:
  void accept() {
    acceptor_.async_accept([this](Error error, LocalSocket socket) {
      if (stopping_) return;
      if (error) return accept_later();
      if (sessions_.size() < limits_.connections) {
        begin(std::move(socket));
      } else {
        turn_away(std::move(socket));
      }
      accept();
    });
  }

  void accept_later() {
    pause_.expires_after(kAcceptAgain);
    pause_.async_wait([this](Error error) {
      if (!error && !stopping_) accept();
    });
  }

  void begin(LocalSocket socket) {
    const std::uint64_t number = ++last_session_;
    const auto session = std::make_shared<Session>(std::move(socket), desk_, limits_, gate_,
                                                   [this, number] { sessions_.erase(number); });
    sessions_.emplace(number, session);
    session->start();
  }

  // A fresh connection has room for a short text: this neither blocks nor waits.
  void turn_away(LocalSocket socket) {
    static const std::string kText = too_many_connections();
    Error ignored;
    socket.non_blocking(true, ignored);
    asio::write(socket, asio::buffer(kText), ignored);
  }

  void stop() {
    stopping_ = true;
    pause_.cancel();
    acceptor_.cancel();
    acceptor_.release();  // the descriptor is the socket file's
    const auto sessions = std::exchange(sessions_, {});
    for (const auto& [number, session] : sessions) session->close();
  }

  SocketFile file_;
  Desk& desk_;
  ServerLimits limits_;
  asio::io_context loop_{1};
  asio::local::stream_protocol::acceptor acceptor_;
  asio::steady_timer pause_;
  std::shared_ptr<Gate> gate_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Session>> sessions_;
  std::uint64_t last_session_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

tl::expected<std::unique_ptr<Server>, std::string> Server::start(const std::string& socket_path,
                                                                 Desk& desk, ServerLimits limits) {
  auto file = SocketFile::listen_at(socket_path, static_cast<int>(limits.connections));
  if (!file) return tl::make_unexpected(file.error());
  return std::unique_ptr<Server>(
      new Server(std::make_unique<Loop>(std::move(*file), desk, limits)));
}

Server::Server(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Server::~Server() = default;

}  // namespace hotline::admin
