// Delivers notices: runs the configured command for each that is due, on a thread of its own, one
// by one, and has the outcome written down before the next. At least once: who dies between the two
// runs the command again, with the same id in what it reads.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "admin/records_json.h"
#include "config/load.h"
#include "store/reader.h"
#include "store/writer.h"

namespace hotline::server {

class Herald {
 public:
  // Requires: the writer outlives us, and its call thread runs or has ended.
  Herald(store::Reader reader, store::Writer& writer, config::NoticeSettings settings);
  // A command that runs has a short while left; what is written then is durable when the writer
  // has stopped.
  ~Herald();
  Herald(const Herald&) = delete;
  Herald& operator=(const Herald&) = delete;

  // Thread: any.
  void use(config::NoticeSettings settings);
  admin::NoticesView view() const;

 private:
  // Shared with what the call thread is to run: that may outlive us.
  struct Marked {
    std::mutex mutex;
    std::condition_variable wake;
    bool done = false;
    bool stopping = false;
  };

  void run();
  void deliver_due();
  void deliver(const billing::KeptNotice& kept, const config::NoticeSettings& settings);
  void mark(store::NoticeTried tried);
  void look_around();
  bool is_stopping() const;
  config::NoticeSettings settings() const;

  store::Reader reader_;  // our thread's
  store::Writer& writer_;
  const std::shared_ptr<Marked> marked_ = std::make_shared<Marked>();

  mutable std::mutex mutex_;  // guards these
  config::NoticeSettings settings_;
  admin::NoticesView view_;

  std::thread thread_;  // last: starts when all else is there
};

}  // namespace hotline::server
