#include "config/load.h"

#include <memory>
#include <unordered_map>
#include <utility>

#include "hotline/base/contract.h"

#include "config/account_terms.h"
#include "config/hotline_file.h"
#include "config/platform.h"
#include "config/region_section.h"
#include "config/restore.h"

namespace hotline::config {
namespace {

constexpr const char* kHotlines = "hotlines";

// Reads one file of hotlines/ into the snapshot. Two files of one number are reported at the
// second.
void add_hotline(const std::string& name, Loading& loading, Shared& shared,
                 routing::Snapshot& snapshot) {
  FileProblems problems(loading.problems, name);
  const auto text = loading.folder.read(name, kMostToml);
  if (!text) {
    problems.error({}, text.error());
    return;
  }
  const auto document = Document::parse(*text, File::hotline, problems);
  if (!document) return;
  const auto hotline = HotlineFile(*document, shared, problems).read();
  shared.hotlines.push_back(hotline);  // others may refer to it, whatever is wrong with it
  if (hotline->number.empty()) return;

  std::vector<std::string> numbers = hotline->aliases;
  numbers.push_back(hotline->number);
  for (const std::string& number : numbers) {
    const auto& known = snapshot.hotlines.add(number, hotline);
    if (known == hotline) continue;
    problems.error({hotline->source.line, 0},
                   "hotline " + number + " is already in " + known->source.to_string());
  }
}

void add_hotlines(Loading& loading, Platform& platform, routing::Snapshot& snapshot) {
  FileProblems problems(loading.problems, kHotlines);
  const auto names = loading.folder.hotlines();
  if (!names) {
    problems.error({}, names.error());
    return;
  }
  if (names->empty()) problems.warning({}, "holds no hotline: every call is refused");
  Shared shared{platform, loading.context, loading.regions, loading.folder};
  for (const std::string& name : *names) add_hotline(name, loading, shared, snapshot);
  join_hotlines(shared, snapshot, loading.problems);
  snapshot.ha1s = std::move(shared.ha1s);
}

void report_broken_rollback(const Files& files, Problems& problems) {
  constexpr std::size_t kMostOfMark = 100;
  const auto mark = files.read(kRollbackMark, kMostOfMark);
  if (!mark) return;
  const std::string version = printable(mark->substr(0, mark->find('\n')));
  FileProblems(problems, kRollbackMark)
      .error({}, "a rollback to version " + version +
                     " is under way or was broken off: the files may be of two versions; go on "
                     "with hotlinectl config rollback " +
                     version + " --force, or remove this file once they are as you want them");
}

// All of a load but the taking of its files.
tl::expected<Loaded, std::vector<Problem>> load_from(const Files& files, Folder& folder,
                                                     const Context& context) {
  HOTLINE_EXPECT(context.regions && context.read_number);
  Problems problems;
  Loading loading{folder, context, problems, RegionNames(context.regions)};

  report_broken_rollback(files, problems);
  auto snapshot = std::make_shared<routing::Snapshot>();
  Platform platform = read_platform(loading);
  add_hotlines(loading, platform, *snapshot);
  snapshot->terms = account_terms(*snapshot, problems);
  const bool is_bad = problems.any_errors();
  std::vector<Problem> found = problems.take();
  if (is_bad) return tl::unexpected(std::move(found));

  snapshot->screening = std::move(platform.screening);
  snapshot->guard = platform.guard;
  snapshot->max_calls_per_caller = platform.max_calls_per_caller;
  snapshot->max_calls_source = platform.max_calls_source;
  snapshot->recording_name = std::move(platform.recording_name);
  snapshot->services = std::move(platform.services);
  snapshot->ringback = std::move(platform.ringback);
  snapshot->announcements = std::move(platform.announcements);
  snapshot->credit_tone = platform.credit_tone;
  for (auto& [path, prompt] : platform.prompts) snapshot->prompts.push_back(std::move(prompt));
  snapshot->trunks = std::move(platform.trunk_list);
  snapshot->realm = platform.settings.realm;
  snapshot->packages = std::move(platform.pricing);
  snapshot->regions = std::move(platform.regions);
  return Loaded{std::move(platform.settings), std::move(snapshot), std::move(found), {}};
}

}  // namespace

tl::expected<Loaded, std::vector<Problem>> load(const std::filesystem::path& directory,
                                                const Context& context) {
  return load(DiskFiles(directory), context);
}

tl::expected<Loaded, std::vector<Problem>> load(const Files& files, const Context& context) {
  Folder folder(files);
  auto loaded = load_from(files, folder, context);
  if (loaded) loaded->files = folder.take();
  return loaded;
}

std::vector<KeptFile> read_files(const Files& files, const Context& context) {
  Folder folder(files);
  const auto judged = load_from(files, folder, context);  // what is wrong is not the question
  return folder.take();
}

tl::expected<Schedules, std::vector<Problem>> load_schedules(const Files& files,
                                                             const Context& context) {
  Problems problems;
  FileProblems in_platform(problems, kPlatformFile);
  Folder folder(files);
  Loading loading{folder, context, problems, RegionNames(context.regions)};
  Platform platform;
  const auto text = folder.read(kPlatformFile, kMostToml);
  if (!text) in_platform.error({}, text.error());
  const auto document = text ? Document::parse(*text, File::platform, in_platform) : std::nullopt;
  if (document) read_schedules(*document, platform, in_platform, loading);
  const bool is_bad = problems.any_errors();
  std::vector<Problem> found = problems.take();
  if (is_bad) return tl::unexpected(std::move(found));
  return Schedules{std::move(platform.schedule_list), std::move(found)};
}

tl::expected<std::optional<region::Entries>, std::vector<Problem>> load_overrides(
    const Files& files) {
  Problems found;
  Problems ignored;  // of the other sections
  Folder folder(files);
  FileProblems platform(ignored, kPlatformFile);
  FileProblems problems(found, kPlatformFile);
  const auto text = folder.read(kPlatformFile, kMostToml);
  if (!text) problems.error({}, text.error());
  const auto document = text ? Document::parse(*text, File::platform, platform) : std::nullopt;
  if (text && !document) problems.error({}, "is no TOML");
  auto overrides = document ? read_overrides(*document, folder, problems, found) : std::nullopt;
  if (found.any_errors()) return tl::unexpected(found.take());
  return overrides;
}

tl::expected<Settings, std::string> settings_even_if_bad(const Files& files) {
  const auto text = files.read(kPlatformFile, kMostToml);
  if (!text) return tl::unexpected(std::string(kPlatformFile) + " " + text.error());
  Problems ignored;
  FileProblems problems(ignored, kPlatformFile);
  const auto document = Document::parse(*text, File::platform, problems);
  if (!document || !document->one("server")) {
    return tl::unexpected(std::string(kPlatformFile) + " is no TOML with a [server]");
  }
  return read_settings(*document, problems);
}

}  // namespace hotline::config
