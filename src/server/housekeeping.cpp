#include "server/housekeeping.h"

#include <csignal>

#include <boost/asio/post.hpp>

namespace hotline::server {

Housekeeping::Housekeeping(std::function<void()> terminate, std::function<void()> reload)
    : terminate_(std::move(terminate)),
      reload_(std::move(reload)),
      io_(std::make_shared<boost::asio::io_context>(1)),
      busy_(io_->get_executor()),
      signals_(*io_, SIGTERM, SIGINT, SIGHUP),
      timer_(*io_) {
  wait_for_signal();
  thread_ = std::thread([this] { io_->run(); });
}

Housekeeping::~Housekeeping() {
  io_->stop();
  thread_.join();
}

void Housekeeping::post(std::function<void()> work) { boost::asio::post(*io_, std::move(work)); }

std::function<void(std::shared_ptr<const void>)> Housekeeping::let_go() const {
  return [io = std::weak_ptr(io_)](std::shared_ptr<const void> thing) {
    if (const auto living = io.lock()) boost::asio::post(*living, [last = std::move(thing)] {});
  };
}

void Housekeeping::repeat(Seconds every, std::function<void()> work) {
  post([this, every, work = std::move(work)]() mutable {
    every_ = every;
    repeated_ = std::move(work);
    wait_to_repeat();
  });
}

void Housekeeping::wait_to_repeat() {
  timer_.expires_after(every_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    repeated_();
    wait_to_repeat();
  });
}

void Housekeeping::wait_for_signal() {
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (error) return;
    (signal == SIGHUP ? reload_ : terminate_)();
    wait_for_signal();
  });
}

}  // namespace hotline::server
