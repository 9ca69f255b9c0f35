#include "hotline/routing/snapshot.h"

namespace hotline::routing {

const Phone* Snapshot::phone(const Hotline& called, const std::string& name) const {
  const std::string key = key_of(called.number, name);
  const auto slash = key.find('/');
  const Hotline* owner = find(key.substr(0, slash));
  return owner == nullptr ? nullptr : phone_of(*owner, key.substr(slash + 1));
}

const Trunk* Snapshot::trunk(std::string_view name) const {
  for (const Trunk& trunk : trunks) {
    if (trunk.name == name) return &trunk;
  }
  return nullptr;
}

}  // namespace hotline::routing
