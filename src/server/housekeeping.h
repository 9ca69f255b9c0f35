// The thread for what may take its time: reading configuration, queries of the database, signals.
// Calls never wait for it.
#pragma once

#include <functional>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

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

 private:
  void wait_for_signal();

  std::function<void()> terminate_;
  std::function<void()> reload_;
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy_;
  boost::asio::signal_set signals_;
  std::thread thread_;
};

}  // namespace hotline::server
