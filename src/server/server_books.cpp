// What the server looks at of its books when it starts.
#include "server/clock.h"
#include "server/log.h"
#include "server/server.h"
#include "store/anchor_keeper.h"
#include "store/audit.h"
#include "store/reader.h"

namespace hotline::server {
namespace {

constexpr std::int64_t kLinksChecked = 1000;

void log_anchor(const store::Anchor& anchor) {
  log_info({{"event", "anchor"},
            {"day", to_text(anchor.day)},
            {"records", std::to_string(anchor.records)},
            {"sha256", store::to_hex(anchor.records_hash)},
            {"ledger", std::to_string(anchor.ledger)},
            {"balances", anchor.balances.to_yuan()}});
}

}  // namespace

// A broken link stops nobody: it stays as provable as it is. An older database would give numbers
// and money out a second time.
tl::expected<void, std::string> Server::check_books() {
  const std::filesystem::path state_dir = opened_.database.parent_path();
  auto reader = store::Reader::open(opened_.database);
  if (!reader) return tl::unexpected(reader.error());
  if (auto checked = store::expect_no_older_database(state_dir, *reader); !checked) return checked;
  auto links = store::check_last_links(opened_.database, kLinksChecked);
  if (!links) return tl::unexpected(links.error());
  broken_links_ = std::move(*links);
  for (const std::string& link : broken_links_) {
    log_error({{"event", "broken_link"}, {"what", link}});
  }
  anchors_ = std::make_unique<store::AnchorKeeper>(
      state_dir, std::move(*reader), log_anchor, [](const std::string& trouble) {
        log_error({{"event", "anchor_not_written"}, {"why", trouble}});
      });
  anchors_->look(since_);
  return {};
}

void Server::check_pages() {
  page_check_ =
      std::make_unique<store::PageCheck>(opened_.database, [this](const std::string& what) {
        log_error({{"event", "store"}, {"trouble", what}});
        writer_->condemn(what);
      });
}

}  // namespace hotline::server
