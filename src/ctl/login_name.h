// Who types.
#pragma once

#include <string>

namespace hotline::ctl {

// As the machine knows this user.
std::string login_name();

}  // namespace hotline::ctl
