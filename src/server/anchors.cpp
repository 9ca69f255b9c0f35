#include "server/anchors.h"

#include "server/log.h"

namespace hotline::server {
namespace {

constexpr Seconds kLatestEvery{60};

}  // namespace

tl::expected<void, std::string> expect_no_older_database(const std::filesystem::path& state_dir,
                                                         store::Reader& reader) {
  const std::filesystem::path directory = store::anchors_of(state_dir);
  const auto anchors = store::read_anchors(directory);
  if (!anchors) return tl::make_unexpected(anchors.error());
  for (const store::AnchorFile& file : *anchors) {
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

Anchors::Anchors(const std::filesystem::path& state_dir, store::Reader reader)
    : directory_(store::anchors_of(state_dir)), reader_(std::move(reader)) {
  const auto found = store::read_anchors(directory_);
  if (!found) return;
  for (const store::AnchorFile& file : *found) {
    if (file.path.filename() == store::kLatestAnchor) {
      latest_ = file.anchor;
    } else if (!last_day_ || *last_day_ < file.anchor.day) {
      last_day_ = file.anchor.day;
    }
  }
}

void Anchors::look(WallTime now) {
  const Day yesterday = day_of(now) - std::chrono::days(1);
  if (!last_day_ || *last_day_ < yesterday) write(to_text(yesterday), yesterday);
  if (now >= looked_ && now - looked_ < kLatestEvery) return;
  looked_ = now;
  write_latest(now);
}

void Anchors::write_latest(WallTime now) { write(store::kLatestAnchor, day_of(now)); }

void Anchors::write(const std::string& name, Day day) {
  auto heads = reader_.heads();
  if (!heads) return report(heads.error());
  heads->day = day;
  const bool is_latest = name == store::kLatestAnchor;
  if (is_latest && *heads == latest_) return;
  const auto written = store::write_anchor(directory_, name, *heads);
  if (!written) return report(written.error());
  report({});
  if (is_latest) {
    latest_ = *heads;
  } else {
    last_day_ = day;
    log_info({{"event", "anchor"},
              {"day", name},
              {"records", std::to_string(heads->records)},
              {"sha256", store::to_hex(heads->records_hash)},
              {"ledger", std::to_string(heads->ledger)},
              {"balances", heads->balances.to_yuan()}});
  }
}

void Anchors::report(const std::string& trouble) {
  if (trouble == trouble_) return;
  trouble_ = trouble;
  if (!trouble.empty()) log_error({{"event", "anchor_not_written"}, {"why", trouble}});
}

}  // namespace hotline::server
