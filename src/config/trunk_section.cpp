// [[trunk]]: who may call us, and where to send calls.

#include <algorithm>
#include <map>
#include <string>

#include "config/platform.h"
#include "config/values.h"

namespace hotline::config {
namespace {

// Which trunk owns a source address.
using Owners = std::map<std::string, std::string>;

// A host that is no single peer: nobody calls from it and nothing can be sent to it.
bool is_wildcard(const std::string& ip) { return ip == "0.0.0.0" || ip == "::"; }

std::vector<std::string> read_sources(const Reader& section, const std::string& trunk,
                                      Owners& owners, FileProblems& problems) {
  std::vector<std::string> sources;
  for (const Text& text : section.texts("sources")) {
    const auto ip = parse_ip(text.value);
    if (!ip || is_wildcard(*ip)) {
      problems.error(text.at, "sources: " + in_quotes(text.value) +
                                  " is no IP address of a peer; names are not resolved, IP "
                                  "literals only");
      continue;
    }
    const auto [owner, is_new] = owners.try_emplace(*ip, trunk);
    if (!is_new) {
      problems.error(text.at,
                     "sources: " + *ip + " already belongs to trunk " + in_quotes(owner->second));
      continue;
    }
    sources.push_back(*ip);
  }
  return sources;
}

std::vector<routing::Endpoint> read_gateways(const Reader& section, const Settings& settings,
                                             FileProblems& problems) {
  std::vector<routing::Endpoint> gateways;
  for (const Text& text : section.texts("gateways")) {
    const auto endpoint = parse_endpoint(text.value);
    if (!endpoint) {
      problems.error(text.at, "gateways: " + endpoint.error());
    } else if (is_wildcard(endpoint->host)) {
      problems.error(text.at, "gateways: " + in_quotes(text.value) + " is no address of a peer");
    } else if (std::find(gateways.begin(), gateways.end(), *endpoint) != gateways.end()) {
      problems.error(text.at, "gateways: " + in_quotes(text.value) + " is named twice");
    } else if (!listens_towards(settings, *endpoint)) {
      problems.error(text.at, "gateways: " + in_quotes(text.value) + kNoWayThere);
    } else {
      gateways.push_back(*endpoint);
    }
  }
  return gateways;
}

}  // namespace

void read_trunks(const Document& document, Platform& platform, FileProblems& problems) {
  Owners owners;
  for (const Reader& section : document.all("trunk")) {
    const auto name = section_name(section, problems);
    routing::Trunk trunk;
    trunk.name = name ? name->value : "";
    trunk.sources = read_sources(section, trunk.name, owners, problems);
    trunk.gateways = read_gateways(section, platform.settings, problems);
    trunk.trusted = section.flag("trusted");
    if (!section.has("sources") && !section.has("gateways")) {
      problems.error(section.at(), "[[trunk]] has neither sources nor gateways: no call can pass");
    }
    if (name) platform.trunks.add(*name, trunk, problems);
    platform.trunk_list.push_back(std::move(trunk));
  }
}

}  // namespace hotline::config
