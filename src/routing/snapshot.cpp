#include "hotline/routing/snapshot.h"

namespace hotline::routing {

const Hotline* Snapshot::find(std::string_view number) const {
  const auto found = hotlines.find(number);
  return found == hotlines.end() ? nullptr : found->second.get();
}

}  // namespace hotline::routing
