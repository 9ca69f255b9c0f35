// [[trunk]]: who may call us, and where to send calls.

#include <algorithm>
#include <map>
#include <string>

#include "config/password.h"
#include "config/platform.h"
#include "config/values.h"

namespace hotline::config {
namespace {

// Which trunk owns a source address.
using Owners = std::map<std::string, std::string>;

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

std::vector<routing::Endpoint> read_gateways(const std::vector<Text>& written,
                                             const Settings& settings, FileProblems& problems) {
  std::vector<routing::Endpoint> gateways;
  for (const Text& text : written) {
    const auto endpoint = parse_endpoint(text.value, Host::literal_or_name);
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

// One weight for each gateway.
std::vector<std::uint32_t> read_weights(const Reader& section, std::size_t gateways,
                                        FileProblems& problems) {
  std::vector<std::uint32_t> weights;
  if (!section.has("weights")) return weights;
  for (const std::int64_t weight : section.wholes("weights")) {
    weights.push_back(static_cast<std::uint32_t>(weight));
  }
  if (weights.size() != gateways) {
    problems.error(section.at("weights"), "weights: " + std::to_string(weights.size()) +
                                              " values for " + std::to_string(gateways) +
                                              " gateways; each needs one");
    return {};
  }
  if (std::all_of(weights.begin(), weights.end(), [](std::uint32_t one) { return one == 0; })) {
    problems.error(section.at("weights"), "weights: all are 0, nobody would get a call");
  }
  return weights;
}

std::string read_prefix(const Reader& section, FileProblems& problems) {
  const auto prefix = section.text("number_prefix");
  if (!prefix) return {};
  if (prefix->value.find_first_not_of("0123456789*#") != std::string::npos) {
    problems.error(prefix->at, "number_prefix: " + in_quotes(prefix->value) +
                                   " holds more than digits, '*' and '#'");
  }
  return prefix->value;
}

routing::Credentials read_credentials(const Reader& section, Loading& loading,
                                      FileProblems& problems) {
  const auto username = section.text("username");
  const auto file = section.text("password_file");
  if (username.has_value() != file.has_value()) {
    problems.error(username ? username->at : file->at, "username and password_file go together");
  }
  if (!username || !file) return {};
  return {username->value, read_password(*file, loading.folder, problems)};
}

}  // namespace

void read_trunks(const Document& document, Platform& platform, FileProblems& problems,
                 Loading& loading) {
  Owners owners;
  for (const Reader& section : document.all("trunk")) {
    const auto name = section_name(section, problems);
    routing::Trunk trunk;
    trunk.name = name ? name->value : "";
    trunk.sources = read_sources(section, trunk.name, owners, problems);
    const std::vector<Text> gateways = section.texts("gateways");
    trunk.gateways = read_gateways(gateways, platform.settings, problems);
    trunk.weights = read_weights(section, gateways.size(), problems);
    trunk.trusted = section.flag("trusted");
    trunk.probe = section.seconds("probe_s");
    trunk.max_calls = static_cast<std::uint32_t>(section.whole("max_calls"));
    trunk.max_calls_per_s = static_cast<std::uint32_t>(section.whole("max_calls_per_s"));
    trunk.number_format = number::format_from_string(section.text("number_format")->value).value();
    trunk.number_prefix = read_prefix(section, problems);
    trunk.credentials = read_credentials(section, loading, problems);
    if (!section.has("sources") && !section.has("gateways")) {
      problems.error(section.at(), "[[trunk]] has neither sources nor gateways: no call can pass");
    }
    if (name) platform.trunks.add(*name, trunk, problems);
    platform.trunk_list.push_back(std::move(trunk));
  }
}

}  // namespace hotline::config
