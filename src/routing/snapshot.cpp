#include "hotline/routing/snapshot.h"

namespace hotline::routing {

const Trunk* Snapshot::trunk(std::string_view name) const {
  for (const Trunk& trunk : trunks) {
    if (trunk.name == name) return &trunk;
  }
  return nullptr;
}

}  // namespace hotline::routing
