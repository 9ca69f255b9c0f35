#include "server/housekeeping.h"

#include <csignal>

#include <boost/asio/post.hpp>

namespace hotline::server {

Housekeeping::Housekeeping(std::function<void()> terminate, std::function<void()> reload)
    : terminate_(std::move(terminate)),
      reload_(std::move(reload)),
      busy_(io_.get_executor()),
      signals_(io_, SIGTERM, SIGINT, SIGHUP) {
  wait_for_signal();
  thread_ = std::thread([this] { io_.run(); });
}

Housekeeping::~Housekeeping() {
  io_.stop();
  thread_.join();
}

void Housekeeping::post(std::function<void()> work) { boost::asio::post(io_, std::move(work)); }

void Housekeeping::wait_for_signal() {
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (error) return;
    (signal == SIGHUP ? reload_ : terminate_)();
    wait_for_signal();
  });
}

}  // namespace hotline::server
