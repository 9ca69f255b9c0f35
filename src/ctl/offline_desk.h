// The desk of a stopped server: answers from the database itself, under its lock. What needs live
// calls or a configuration in use, it cannot answer.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include <tl/expected.hpp>

#include "hotline/base/time.h"

#include "admin/desk.h"
#include "server/records_desk.h"
#include "store/open.h"

namespace hotline::ctl {

using Clock = std::function<Now()>;

// Does this ask need the database alone?
bool works_offline(const admin::Ask& ask);
// Does it leave the database as it is?
bool only_reads(const admin::Ask& ask);

// Every reply comes before answer() returns.
class OfflineDesk final : public admin::Desk {
 public:
  // Errors: a sentence; also where another process has the lock.
  static tl::expected<std::unique_ptr<OfflineDesk>, std::string> open(
      const std::filesystem::path& state_dir, Clock clock);

  void answer(const admin::GetStatus&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::Reload&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::ListCalls&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::ShowCall&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::HangUpCall&, admin::Reply reply) override { needs_server(reply); }

  void answer(const admin::ListPhones&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::PausePhone&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::ResumePhone&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::ListBlocks&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::BlockCaller&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::LiftBlock&, admin::Reply reply) override { needs_server(reply); }

  void answer(const admin::OpenAccount& ask, admin::Reply reply) override;
  void answer(const admin::Recharge& ask, admin::Reply reply) override;
  void answer(const admin::Adjust& ask, admin::Reply reply) override;
  void answer(const admin::AddNote& ask, admin::Reply reply) override;
  // These go by the configuration that the server follows.
  void answer(const admin::BuyService&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::CloseAccount&, admin::Reply reply) override { needs_server(reply); }
  void answer(const admin::ReinstateAccount&, admin::Reply reply) override { needs_server(reply); }

  void answer(const admin::ListAccounts& ask, admin::Reply reply) override {
    reply(records_.answer(ask));
  }
  void answer(const admin::ShowAccount& ask, admin::Reply reply) override {
    reply(records_.answer(ask));
  }
  void answer(const admin::ShowHistory& ask, admin::Reply reply) override {
    reply(records_.answer(ask));
  }
  void answer(const admin::ListCdrs& ask, admin::Reply reply) override {
    reply(records_.answer(ask));
  }
  void answer(const admin::ShowCdr& ask, admin::Reply reply) override {
    reply(records_.answer(ask));
  }
  void answer(const admin::ListLedger& ask, admin::Reply reply) override {
    reply(records_.answer(ask));
  }
  void answer(const admin::ListNotices& ask, admin::Reply reply) override {
    reply(records_.answer(ask));
  }
  // The server delivers it when it starts.
  void answer(const admin::ResendNotice& ask, admin::Reply reply) override;

 private:
  OfflineDesk(store::Opened opened, store::Reader reader, Clock clock)
      : opened_(std::move(opened)), records_(std::move(reader)), clock_(std::move(clock)) {}

  void book(const billing::LedgerEntry& entry, const admin::Reply& reply);
  static void needs_server(const admin::Reply& reply);

  store::Opened opened_;
  server::RecordsDesk records_;
  Clock clock_;
};

}  // namespace hotline::ctl
