#include "server/notify.h"

#include <string>

#include <systemd/sd-daemon.h>

#include "server/clock.h"

namespace hotline::server {

void notify_ready() { sd_notify(0, "READY=1"); }

void notify_reloading() {
  // The manager compares this with its own reading of the same clock (sd_notify(3)).
  const auto now = std::chrono::microseconds(read_clock().mono.time_since_epoch());
  sd_notify(0, ("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count())).c_str());
}

void notify_stopping() { sd_notify(0, "STOPPING=1"); }

}  // namespace hotline::server
