#include <array>

#include <pwd.h>

#include "config/history.h"

namespace hotline::config {
namespace {

std::string user_name(std::uint32_t uid) {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  const bool is_known =
      ::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found;
  return is_known ? found->pw_name : "";
}

}  // namespace

Origin by_user(Origin::How how, std::uint32_t uid) { return {how, uid, user_name(uid)}; }

std::string Origin::to_string() const {
  std::string who = user;
  if (uid) who += who.empty() ? "uid " + std::to_string(*uid) : " (" + std::to_string(*uid) + ")";
  switch (how) {
    case How::start:
      return "start";
    case How::signal:
      return "signal";
    case How::command:
      return who;
    case How::saved:
      return "saved by " + who;
  }
  return "";
}

}  // namespace hotline::config
