// Answers admins about the running server: live calls and money on the call thread, the database
// on the housekeeping thread.
#pragma once

#include "admin/desk.h"
#include "server/records_desk.h"

namespace hotline::server {

class Server;

class LiveDesk final : public admin::Desk {
 public:
  LiveDesk(Server& server, store::Reader reader) : server_(server), records_(std::move(reader)) {}

  void answer(const admin::GetStatus&, admin::Reply reply) override;
  void answer(const admin::Reload& ask, admin::Reply reply) override;
  void answer(const admin::ListAccounts&, admin::Reply reply) override;
  void answer(const admin::ShowAccount&, admin::Reply reply) override;
  void answer(const admin::OpenAccount&, admin::Reply reply) override;
  void answer(const admin::Recharge&, admin::Reply reply) override;
  void answer(const admin::Adjust&, admin::Reply reply) override;
  void answer(const admin::BuyService&, admin::Reply reply) override;
  void answer(const admin::CloseAccount&, admin::Reply reply) override;
  void answer(const admin::ReinstateAccount&, admin::Reply reply) override;
  void answer(const admin::ShowHistory& ask, admin::Reply reply) override;
  void answer(const admin::ListCalls&, admin::Reply reply) override;
  void answer(const admin::ShowCall&, admin::Reply reply) override;
  void answer(const admin::HangUpCall&, admin::Reply reply) override;
  void answer(const admin::ListPhones&, admin::Reply reply) override;
  void answer(const admin::PausePhone&, admin::Reply reply) override;
  void answer(const admin::ResumePhone&, admin::Reply reply) override;
  void answer(const admin::ListBlocks&, admin::Reply reply) override;
  void answer(const admin::BlockCaller&, admin::Reply reply) override;
  void answer(const admin::LiftBlock&, admin::Reply reply) override;
  void answer(const admin::ListCdrs&, admin::Reply reply) override;
  void answer(const admin::ShowCdr&, admin::Reply reply) override;
  void answer(const admin::AddNote&, admin::Reply reply) override;
  void answer(const admin::ListLedger&, admin::Reply reply) override;
  void answer(const admin::ListNotices&, admin::Reply reply) override;
  void answer(const admin::ResendNotice&, admin::Reply reply) override;

 private:
  template <class Ask>
  void from_records(const Ask& ask, admin::Reply reply);
  // The account as it stands, with what live calls have reserved, to whoever renders it.
  void with_account(const std::string& name,
                    std::function<void(tl::expected<admin::AccountView, admin::Answer>)> use);
  // Books entries that belong together, and says what became of them. Thread: the call thread.
  void book(std::vector<billing::LedgerEntry> entries, admin::Reply reply);
  // Replies where the account is not there or closed. Thread: the call thread.
  bool is_open(const std::string& account, const admin::Reply& reply) const;
  void show_changed(const std::string& name, const admin::Reply& reply);
  // What live calls have reserved, and what is missing. Thread: the call thread.
  void add_live(admin::AccountView& account) const;

  Server& server_;
  RecordsDesk records_;  // housekeeping thread only
};

}  // namespace hotline::server
