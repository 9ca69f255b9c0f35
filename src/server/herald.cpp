#include "server/herald.h"

#include <utility>

#include "server/child.h"
#include "server/clock.h"
#include "server/log.h"

namespace hotline::server {
namespace {

constexpr Milliseconds kLook{1000};  // how often the database is looked at
constexpr std::size_t kAtOnce = 32;

Fields fields_of(const char* event, const billing::KeptNotice& kept) {
  return {{"event", event},
          {"seq", std::to_string(kept.seq)},
          {"account", kept.notice.account},
          {"kind", std::string(to_string(kept.notice.kind))},
          {"id", kept.notice.id}};
}

}  // namespace

Herald::Herald(store::Reader reader, store::Writer& writer, config::NoticeSettings settings)
    : reader_(std::move(reader)),
      writer_(writer),
      settings_(std::move(settings)),
      thread_([this] { run(); }) {}

Herald::~Herald() {
  {
    const std::lock_guard lock(marked_->mutex);
    marked_->stopping = true;
  }
  marked_->wake.notify_all();
  thread_.join();
}

void Herald::use(config::NoticeSettings settings) {
  const std::lock_guard lock(mutex_);
  settings_ = std::move(settings);
}

admin::NoticesView Herald::view() const {
  const std::lock_guard lock(mutex_);
  admin::NoticesView view = view_;
  view.has_command = !settings_.command.empty();
  return view;
}

config::NoticeSettings Herald::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

bool Herald::is_stopping() const {
  const std::lock_guard lock(marked_->mutex);
  return marked_->stopping;
}

// --- our thread --------------------------------------------------------------------------------

void Herald::run() {
  while (!is_stopping()) {
    look_around();
    deliver_due();
    std::unique_lock lock(marked_->mutex);
    marked_->wake.wait_for(lock, kLook, [this] { return marked_->stopping; });
  }
}

void Herald::look_around() {
  const auto waiting = reader_.waiting_notices();
  const std::lock_guard lock(mutex_);
  if (waiting) {
    view_ = {waiting->count, false, waiting->error};
  } else {
    view_.error = waiting.error();
  }
}

void Herald::deliver_due() {
  if (settings().command.empty()) return;
  const auto due = reader_.due_notices(read_clock().wall, kAtOnce);
  if (!due) return;
  for (const billing::KeptNotice& kept : *due) {
    const config::NoticeSettings settings = this->settings();
    if (settings.command.empty() || is_stopping()) return;
    deliver(kept, settings);
    look_around();
  }
}

void Herald::deliver(const billing::KeptNotice& kept, const config::NoticeSettings& settings) {
  const auto delivered =
      run_errand({settings.command, admin::to_text(admin::message_of(kept.notice)) + "\n",
                  settings.timeout, [this] { return is_stopping(); }});
  store::NoticeTried tried{kept.seq, read_clock().wall, kept.tries + 1, {}, {}, {}};
  Fields fields = fields_of(delivered ? "notice_delivered" : "notice_failed", kept);
  if (delivered) {
    log_info(fields);
  } else {
    tried.next = tried.at + billing::retry_after(tried.tries, settings.retry);
    tried.error = delivered.error();
    fields.emplace_back("tries", std::to_string(tried.tries));
    fields.emplace_back("why", tried.error);
    log_warning(fields);
  }
  mark(std::move(tried));
}

// Until it is durable, the database would have us run the command again.
void Herald::mark(store::NoticeTried tried) {
  tried.done = [marked = marked_](ports::Applied) {
    {
      const std::lock_guard lock(marked->mutex);
      marked->done = true;
    }
    marked->wake.notify_all();
  };
  writer_.mark(std::move(tried));
  std::unique_lock lock(marked_->mutex);
  marked_->wake.wait(lock, [this] { return marked_->done || marked_->stopping; });
  marked_->done = false;
}

}  // namespace hotline::server
