// A desk that notes what it was asked and answers {"asked": "…"} at once, or when told to.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "admin/desk.h"

namespace hotline::admin {

class FakeDesk final : public Desk {
 public:
  void answer(const GetStatus&, Reply reply) override { take("status", std::move(reply)); }
  void answer(const Reload& ask, Reply reply) override {
    {
      const std::lock_guard lock(mutex_);
      reloaded_by_ = ask.uid;
    }
    take("reload", std::move(reply));
  }
  void answer(const ListAccounts&, Reply reply) override { take("accounts", std::move(reply)); }
  void answer(const ShowAccount& ask, Reply reply) override {
    take("account " + ask.name, std::move(reply));
  }
  void answer(const OpenAccount& ask, Reply reply) override {
    take("open " + ask.name, std::move(reply));
  }
  void answer(const Recharge& ask, Reply reply) override {
    take("recharge " + ask.account + " " + ask.amount.to_yuan() + " " + ask.reference,
         std::move(reply));
  }
  void answer(const Adjust& ask, Reply reply) override {
    take("adjust " + ask.account + " " + ask.amount.to_yuan() + " " + ask.reference + " " +
             ask.why + " " + ask.by,
         std::move(reply));
  }
  void answer(const BuyService& ask, Reply reply) override {
    take("service " + ask.account + " " + ask.service + " " + ask.reference + " " + ask.by,
         std::move(reply));
  }
  void answer(const CloseAccount& ask, Reply reply) override {
    take("close " + ask.account + " " + ask.why + " " + ask.by, std::move(reply));
  }
  void answer(const ReinstateAccount& ask, Reply reply) override {
    take("reinstate " + ask.account + " " + ask.why + " " + ask.by, std::move(reply));
  }
  void answer(const ShowHistory& ask, Reply reply) override {
    take("history " + ask.name, std::move(reply));
  }
  void answer(const ListCalls&, Reply reply) override { take("calls", std::move(reply)); }
  void answer(const ShowCall& ask, Reply reply) override {
    take("call " + ask.id.to_string(), std::move(reply));
  }
  void answer(const HangUpCall& ask, Reply reply) override {
    take("hang up " + ask.id.to_string(), std::move(reply));
  }
  void answer(const ListPhones&, Reply reply) override { take("phones", std::move(reply)); }
  void answer(const PausePhone& ask, Reply reply) override {
    const std::string how_long = ask.how_long ? std::to_string(ask.how_long->count()) : "open";
    take("pause " + ask.hotline + "/" + ask.phone + " " + how_long + " " + ask.why,
         std::move(reply));
  }
  void answer(const ResumePhone& ask, Reply reply) override {
    take("resume " + ask.hotline + "/" + ask.phone, std::move(reply));
  }
  void answer(const ListBlocks&, Reply reply) override { take("callers", std::move(reply)); }
  void answer(const BlockCaller& ask, Reply reply) override {
    take("block " + ask.caller + " " + std::to_string(ask.how_long.count()) + " " + ask.why,
         std::move(reply));
  }
  void answer(const LiftBlock& ask, Reply reply) override {
    take("lift " + ask.caller, std::move(reply));
  }
  void answer(const ListCdrs& ask, Reply reply) override {
    take("cdrs " + std::to_string(ask.query.limit), std::move(reply));
  }
  void answer(const ShowCdr& ask, Reply reply) override {
    take("cdr " + ask.id.to_string(), std::move(reply));
  }
  void answer(const AddNote& ask, Reply reply) override {
    take("note " + ask.id.to_string() + " " + std::string(cdr::to_string(ask.kind)) + " " +
             ask.text + " " + ask.by,
         std::move(reply));
  }
  void answer(const ListLedger& ask, Reply reply) override {
    take("ledger " + std::to_string(ask.query.limit), std::move(reply));
  }
  void answer(const ListNotices& ask, Reply reply) override {
    take("notices " + std::to_string(ask.query.limit), std::move(reply));
  }
  void answer(const ResendNotice& ask, Reply reply) override {
    take("resend " + std::to_string(ask.seq), std::move(reply));
  }

  // From now on replies are kept instead of given.
  void hold() {
    const std::lock_guard lock(mutex_);
    holding_ = true;
  }
  std::vector<Reply> take_held() {
    const std::lock_guard lock(mutex_);
    return std::exchange(held_, {});
  }
  std::optional<std::uint32_t> reloaded_by() const {
    const std::lock_guard lock(mutex_);
    return reloaded_by_;
  }
  std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  void take(const std::string& what, Reply reply) {
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(what);
      if (holding_) {
        held_.push_back(std::move(reply));
        return;
      }
    }
    reply({.body = {{"asked", what}}});
  }

  mutable std::mutex mutex_;
  bool holding_ = false;
  std::vector<Reply> held_;
  std::optional<std::uint32_t> reloaded_by_;
  std::vector<std::string> asked_;
};

}  // namespace hotline::admin
