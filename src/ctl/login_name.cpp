#include "ctl/login_name.h"

#include <pwd.h>
#include <unistd.h>

namespace hotline::ctl {

std::string login_name() {
  const passwd* user = ::getpwuid(::getuid());
  return user == nullptr ? "uid " + std::to_string(::getuid()) : user->pw_name;
}

}  // namespace hotline::ctl
