#include "store/anchor_keeper.h"

#include <algorithm>
#include <utility>

namespace hotline::store {
namespace {

constexpr Seconds kLatestEvery{60};

}  // namespace

tl::expected<void, std::string> expect_no_older_database(const std::filesystem::path& state_dir,
                                                         Reader& reader) {
  const std::filesystem::path directory = anchors_of(state_dir);
  const auto anchors = read_anchors(directory);
  if (!anchors) return tl::make_unexpected(anchors.error());
  for (const AnchorFile& file : *anchors) {
    const auto found = reader.contradictions(file.anchor);
    if (!found) return tl::make_unexpected(found.error());
    if (found->empty()) continue;
    return tl::make_unexpected(
        file.path.string() + ": " + found->front() +
        ". The database is older than this anchor, or another one: put the right one back. To go "
        "on with it knowingly, move " +
        directory.string() + " away and keep it: it is the proof of what is missing");
  }
  return {};
}

AnchorKeeper::AnchorKeeper(const std::filesystem::path& state_dir, Reader reader, Told told,
                           Report report)
    : directory_(anchors_of(state_dir)),
      reader_(std::move(reader)),
      told_(std::move(told)),
      report_(std::move(report)) {
  const auto found = read_anchors(directory_);
  if (!found) return;
  for (const AnchorFile& file : *found) {
    if (file.path.filename() == kLatestAnchor) {
      latest_ = file.anchor;
    } else {
      last_day_ = std::max(file.anchor.day, last_day_.value_or(file.anchor.day));
    }
  }
}

void AnchorKeeper::look(WallTime now) {
  const Day yesterday = day_of(now) - std::chrono::days(1);
  Anchor anchor;
  if (!last_day_ || *last_day_ < yesterday) {
    if (!write(hotline::to_text(yesterday), yesterday, anchor)) return;
    last_day_ = yesterday;
    told_(anchor);
  }
  if (looked_ && now >= *looked_ && now - *looked_ < kLatestEvery) return;
  looked_ = now;
  write_latest(now);
}

void AnchorKeeper::write_latest(WallTime now) {
  Anchor anchor;
  if (write(kLatestAnchor, day_of(now), anchor)) latest_ = anchor;
}

bool AnchorKeeper::write(const std::string& name, Day day, Anchor& anchor) {
  const auto heads = reader_.heads();
  if (!heads) {
    report(heads.error());
    return false;
  }
  anchor = *heads;
  anchor.day = day;
  if (name == kLatestAnchor && anchor == latest_) return true;
  const auto written = write_anchor(directory_, name, anchor);
  report(written ? std::string() : written.error());
  return written.has_value();
}

void AnchorKeeper::report(const std::string& trouble) {
  if (trouble == trouble_) return;
  trouble_ = trouble;
  if (!trouble.empty()) report_(trouble);
}

}  // namespace hotline::store
