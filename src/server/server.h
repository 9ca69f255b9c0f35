// The server: the rooms of the house, wired together. The order of the members is the order of
// their making; they end in reverse.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/call/switchboard.h"

#include "admin/pages.h"
#include "admin/records_json.h"
#include "admin/server.h"
#include "server/audio_path.h"
#include "server/call_tally.h"
#include "server/configuration.h"
#include "server/herald.h"
#include "server/housekeeping.h"
#include "server/log.h"
#include "server/memory.h"
#include "server/prompts.h"
#include "server/recordings.h"
#include "server/relay_plane.h"
#include "server/resolver.h"
#include "server/vitals.h"
#include "sip/loop.h"
#include "sip/signalling.h"
#include "store/anchor_keeper.h"
#include "store/open.h"
#include "store/page_check.h"
#include "store/start.h"
#include "store/writer.h"

namespace hotline::server {

class LiveDesk;

class Server {
 public:
  // Requires: the thread that will run(); no other threads yet but the log's.
  // Errors: one sentence.
  static tl::expected<std::unique_ptr<Server>, std::string> start(Configuration& configuration,
                                                                  config::Loaded loaded);
  ~Server();

  // Serves until it is told to end. Thread: the one that called start(), the call thread.
  void run();

  // --- for the desk, on the call thread
  call::Switchboard& switchboard() { return *switchboard_; }
  store::Writer& writer() { return *writer_; }
  sip::Loop& loop() { return *loop_; }
  Housekeeping& housekeeping() { return *housekeeping_; }
  admin::StatusView status() const;

  // Reads the configuration again and follows it; where it is bad, or the ask is but to try it,
  // nothing changes.
  // Thread: housekeeping; replies from there or from the call thread.
  void reload(const admin::Reload& ask, const config::Origin& by, const admin::Reply& reply);

 private:
  Server(Configuration& configuration, config::Loaded loaded, store::Opened opened);

  tl::expected<void, std::string> open_signalling(WallTime life);
  tl::expected<void, std::string> open_relay();
  Prompts load_prompts(const routing::Snapshot& snapshot) const;
  tl::expected<void, std::string> check_books();
  void check_pages();
  void keep_place(const std::string& user, const sip::Place& place);
  void restore_places(const std::vector<call::KeepNote>& notes);
  void take_over(const store::Start& start);
  void refuse_reload(const std::vector<config::Problem>& problems, const config::Origin& by);
  void follow(const Proposal& proposal);
  admin::SnapshotView snapshot() const;
  std::vector<admin::TrunkView> trunks() const;
  bool by_v6(const routing::PhoneAddress& phone) const;
  void start_resolver();
  void hear(call::Event event);
  // Metrics (server_vitals.cpp). Thread: the pages'.
  void show(const std::string& path, admin::Pages::Reply reply);
  Vitals vitals() const;
  std::string why_not_ready() const;
  tl::expected<void, std::string> open_doors();
  void terminate();
  void watch_drain();
  void end_soon();

  Configuration& configuration_;
  config::Loaded loaded_;
  store::Opened opened_;
  WallTime since_{};
  WallTime loaded_at_{};
  std::optional<admin::RefusedReloadView> refused_reload_;  // since the last good one
  std::unique_ptr<sip::Loop> loop_;
  CallLog call_log_;
  CallTally tally_{call_log_};
  Timing loop_delay_;
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<store::PageCheck> page_check_;
  std::unique_ptr<sip::Signalling> signalling_;
  std::vector<store::Recorded> adopted_recordings_;  // of calls that went on, at the start
  std::unique_ptr<Recordings> recordings_;
  std::unique_ptr<RelayPlane> relay_;      // null: callers and phones send to each other
  std::unique_ptr<AudioPath> audio_path_;  // where there is a relay
  std::unique_ptr<call::Switchboard> switchboard_;
  std::unique_ptr<LiveDesk> desk_;
  Thrift thrift_;
  std::unique_ptr<store::AnchorKeeper> anchors_;  // housekeeping thread only
  std::vector<std::string> broken_links_;         // of the last records, at the start
  std::unique_ptr<Housekeeping> housekeeping_;
  std::unique_ptr<Resolver> resolver_;
  std::unique_ptr<Herald> herald_;
  std::unique_ptr<admin::Server> admin_;
  std::unique_ptr<admin::Pages> pages_;  // null: nobody watches

  bool draining_ = false;
  bool ending_ = false;  // no calls are left
  std::unique_ptr<sip::Timer> drain_timer_;
  std::unique_ptr<sip::Timer> patience_timer_;
};

}  // namespace hotline::server
