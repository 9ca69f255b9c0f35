// What groups and phones are called in the record of a call.
#include "hotline/routing/hotline.h"

namespace hotline::routing {
namespace {

constexpr std::size_t kNumberDigits = 10;  // of a hotline

bool is_of(const Hotline& hotline, const std::string& key) {
  return key.size() > kNumberDigits && key[kNumberDigits] == '/' && key.starts_with(hotline.number);
}

template <class Named>
const std::string& name_of(const Hotline& called, const Named& named) {
  return is_of(called, named.key) ? named.name : named.key;
}

}  // namespace

const std::string& name_at(const Hotline& called, const Group& group) {
  return name_of(called, group);
}
const std::string& name_at(const Hotline& called, const Phone& phone) {
  return name_of(called, phone);
}
const std::string& name_at(const Hotline& called, const Menu& menu) {
  return name_of(called, menu);
}
const std::string& name_at(const Hotline& called, const Queue& queue) {
  return name_of(called, queue);
}
const std::string& name_at(const Hotline& called, const Voicemail& voicemail) {
  return name_of(called, voicemail);
}

const Phone* phone_of(const Hotline& hotline, std::string_view name) {
  for (const auto& phone : hotline.phones) {
    if (phone->name == name) return phone.get();
  }
  return nullptr;
}

std::string key_of(const std::string& called, const std::string& name) {
  const bool is_key =
      name.find_first_not_of("0123456789") == kNumberDigits && name[kNumberDigits] == '/';
  return is_key ? name : called + "/" + name;
}

}  // namespace hotline::routing
