// The thread for what may take its time: reading configuration, queries of the database, signals.
// Calls never wait for it.
#pragma once

#include <functional>
#include <memory>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "hotline/base/time.h"

namespace hotline::server {

class Housekeeping {
 public:
  // TERM and INT call the first, HUP the second; both run on this thread.
  Housekeeping(std::function<void()> terminate, std::function<void()> reload);
  // Ends the thread; work not begun is dropped.
  ~Housekeeping();
  Housekeeping(const Housekeeping&) = delete;
  Housekeeping& operator=(const Housekeeping&) = delete;

  // Does the work on this thread, in the order of posting. Thread: any.
  void post(std::function<void()> work);
  // A function that lets go of things on this thread; once it has ended, wherever it is called.
  // It may outlive us. Thread: any.
  std::function<void(std::shared_ptr<const void>)> let_go() const;
  // Does the work on this thread again and again. To be asked for once.
  void repeat(Seconds every, std::function<void()> work);

 private:
  void wait_for_signal();
  void wait_to_repeat();

  std::function<void()> terminate_;
  std::function<void()> reload_;
  std::shared_ptr<boost::asio::io_context> io_;  // shared with what let_go() made
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer timer_;
  Seconds every_{0};
  std::function<void()> repeated_;
  std::thread thread_;
};

}  // namespace hotline::server
