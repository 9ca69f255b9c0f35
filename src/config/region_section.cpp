#include "config/region_section.h"

#include "hotline/region/reading.h"

namespace hotline::config {

std::optional<region::Entries> read_overrides(const Document& document, Folder& folder,
                                              FileProblems& problems, Problems& all) {
  const auto section = document.one("region");
  const auto file = section ? section->text("overrides") : std::nullopt;
  if (!file) return std::nullopt;
  const auto text = folder.read(file->value, kMostList);
  if (!text) {
    problems.error(file->at, "overrides: " + in_quotes(file->value) + " " + text.error());
    return std::nullopt;
  }
  region::Reading reading = region::read_csv(*text);
  FileProblems inside(all, file->value);
  for (const region::Flaw& flaw : reading.flaws) {
    inside.error({static_cast<int>(flaw.at), flaw.at > 0 ? 1 : 0}, flaw.what);
  }
  if (reading.flaw_count > reading.flaws.size()) {
    inside.error({}, std::to_string(reading.flaw_count - reading.flaws.size()) + " more errors");
  }
  if (reading.flaw_count > 0) return std::nullopt;
  return std::move(reading.entries);
}

}  // namespace hotline::config
