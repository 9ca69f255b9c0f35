// Tells the service manager how the server is doing, where there is one.
#pragma once

namespace hotline::server {

void notify_ready();
void notify_reloading();
void notify_stopping();

}  // namespace hotline::server
