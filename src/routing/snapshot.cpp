#include "hotline/routing/snapshot.h"

namespace hotline::routing {

const Hotline* Snapshot::find(std::string_view number) const {
  const auto found = hotlines.find(number);
  return found == hotlines.end() ? nullptr : found->second.get();
}

const Trunk* Snapshot::trunk(std::string_view name) const {
  for (const Trunk& trunk : trunks) {
    if (trunk.name == name) return &trunk;
  }
  return nullptr;
}

}  // namespace hotline::routing
