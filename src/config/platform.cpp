#include "config/platform.h"

#include <algorithm>

#include "config/region_section.h"
#include "config/values.h"

namespace hotline::config {
namespace {

// Nothing is known of the names: a reference to one is not a second error.
void mark_incomplete(Platform& platform) {
  platform.trunks.mark_incomplete();
  platform.packages.mark_incomplete();
  platform.schedules.mark_incomplete();
  platform.caller_lists.mark_incomplete();
}

}  // namespace

std::optional<Text> section_name(const Reader& section, FileProblems& problems) {
  const auto name = section.name().empty() ? section.text("name")
                                           : std::optional(Text{section.name(), section.at()});
  if (!name) return std::nullopt;
  if (!is_name(name->value) || name->value.size() > 64) {
    problems.error(name->at, in_quotes(name->value) +
                                 " is no name: letters, digits, '_', '-' and "
                                 "'.', at most 64 bytes");
    return std::nullopt;
  }
  return name;
}

routing::CallerLists named_lists(const std::vector<Text>& names, Platform& platform,
                                 FileProblems& problems) {
  routing::CallerLists lists;
  for (const Text& name : names) {
    const auto* list = platform.caller_lists.find(name, problems);
    if (!list) continue;
    if (std::find(lists.begin(), lists.end(), *list) != lists.end()) {
      problems.error(name.at, "caller list " + in_quotes(name.value) + " is named twice");
    }
    lists.push_back(*list);
  }
  return lists;
}

bool listens_towards(const Settings& settings, const routing::Endpoint& place) {
  if (settings.listen.empty()) return true;  // what is wrong with it has been said
  return std::any_of(settings.listen.begin(), settings.listen.end(), [&](const auto& own) {
    const bool is_name = place.host.empty();  // its family is not known before it is looked up
    return own.transport == place.transport && (is_name || is_v6(own.host) == is_v6(place.host));
  });
}

Platform read_platform(Loading& loading) {
  Platform platform;
  platform.regions = loading.context.regions;
  FileProblems problems(loading.problems, kPlatformFile);
  const auto text = loading.folder.read(kPlatformFile, kMostToml);
  if (!text) problems.error({}, text.error());
  const auto document = text ? Document::parse(*text, File::platform, problems) : std::nullopt;
  if (!document) {
    mark_incomplete(platform);
    return platform;
  }
  if (const auto overrides =
          read_overrides(*document, loading.folder, problems, loading.problems)) {
    platform.regions = region::overlay(*platform.regions, *overrides);
    loading.regions = RegionNames(platform.regions);
  }
  platform.settings = read_settings(*document, problems);
  platform.recording_name = read_recording_name(*document, problems);
  if (const auto media = document->one("media")) {
    platform.ringback = read_prompt(*media, "ringback", platform, problems);
    read_confirm_prompt(*media, platform, problems);
    platform.hold_music = read_prompt(*media, "hold_music", platform, problems);
    platform.credit_tone = media->flag("credit_tone");
    platform.announcements = read_announcements(*media, nullptr, platform, problems);
  }
  read_trunks(*document, platform, problems, loading);
  read_services(*document, platform, problems);
  read_schedules(*document, platform, problems, loading);
  read_packages(*document, platform, problems, loading);
  read_caller_lists(*document, platform, problems, loading);
  read_screening(*document, platform, problems);
  read_account_rules(*document, platform, problems);
  return platform;
}

}  // namespace hotline::config
