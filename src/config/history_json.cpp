#include "config/history_json.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "config/files.h"

namespace hotline::config {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 4> kHows = {"start", "signal", "command", "saved"};

tl::expected<Origin::How, std::string> how_of(const std::string& word) {
  const auto found = std::find(kHows.begin(), kHows.end(), word);
  if (found == kHows.end()) return tl::unexpected(std::string("\"how\" is unknown"));
  return static_cast<Origin::How>(found - kHows.begin());
}

bool is_hash(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

tl::expected<Version, std::string> read(const Json& json) {
  Version version;
  version.number = json.at("version").get<std::uint32_t>();
  version.hash = json.at("hash").get<std::string>();
  version.at = WallTime(Milliseconds(json.at("at_ms").get<std::int64_t>()));
  const auto how = how_of(json.at("how").get<std::string>());
  if (!how) return tl::unexpected(how.error());
  version.origin.how = *how;
  if (!json.at("uid").is_null()) version.origin.uid = json.at("uid").get<std::uint32_t>();
  version.origin.user = json.at("user").get<std::string>();
  for (const Json& one : json.at("files")) {
    VersionFile file{one.at("name").get<std::string>(), one.at("sha256").get<std::string>(),
                     one.at("bytes").get<std::uint64_t>(), one.at("secret").get<bool>()};
    // Both become paths.
    if (!is_hash(file.hash)) return tl::unexpected(std::string("a hash is none"));
    if (!stays_inside(file.name)) return tl::unexpected(std::string("a name leads outside"));
    version.files.push_back(std::move(file));
  }
  std::sort(version.files.begin(), version.files.end(),
            [](const VersionFile& a, const VersionFile& b) { return a.name < b.name; });
  return version;
}

}  // namespace

tl::expected<std::string, std::string> to_json(const Version& version) {
  Json files = Json::array();
  for (const VersionFile& file : version.files) {
    files.push_back({{"name", file.name},
                     {"sha256", file.hash},
                     {"bytes", file.bytes},
                     {"secret", file.is_secret}});
  }
  const Json json{{"version", version.number},
                  {"hash", version.hash},
                  {"at_ms", version.at.time_since_epoch().count()},
                  {"how", kHows[static_cast<std::size_t>(version.origin.how)]},
                  {"uid", version.origin.uid ? Json(*version.origin.uid) : Json()},
                  {"user", version.origin.user},
                  {"files", files}};
  try {
    return json.dump(0) + "\n";
  } catch (const Json::exception&) {
    return tl::unexpected(std::string("the name of a file is no UTF-8"));
  }
}

tl::expected<Version, std::string> version_from_json(std::string_view text) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& error) {
    return tl::unexpected(std::string(error.what()));
  }
}

}  // namespace hotline::config
