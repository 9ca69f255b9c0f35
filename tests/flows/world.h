// The world of one transcript: a hotline built from the transcript's header, a switchboard on fake
// ports that write down what they are asked, and the manual clock.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hotline/call/switchboard.h"

namespace hotline::flows {

// Writes each request as one line.
class Scribe final : public ports::Signalling,
                     public ports::Store,
                     public ports::Alarm,
                     public ports::MediaPlane,
                     public call::Watcher {
 public:
  std::vector<std::string> take() { return std::exchange(lines_, {}); }
  bool store_takes_calls = true;

  void perform(const call::RingPhone& ring) override;
  void perform(const call::CancelPhone& cancel) override;
  void perform(const call::ConfirmPhone& confirm) override;
  void perform(const call::TellRinging& tell) override;
  void perform(const call::AnswerCaller& answer) override;
  void perform(const call::RefuseCaller& refuse) override;
  void perform(const call::HangUp& hang_up) override;
  void perform(const call::OfferMedia& offer) override;
  void perform(const call::WithdrawMedia& withdraw) override;
  void perform(const call::AcceptMedia& accept) override;
  void perform(const call::RejectMedia& reject) override;
  void perform(const call::PassKey& pass) override;
  void perform(const call::TellTransfer& tell) override;
  void perform(const call::ConfirmMedia& confirm) override;

  void perform(const call::PlayToCaller& play) override;
  void perform(const call::PlayToPhone& play) override;
  void perform(const call::BridgePhone& bridge) override;
  void perform(const call::SoundCreditTone& sound) override;
  void perform(const call::RecordCall& record) override;
  void count(CallRef, cdr::Record&) const override {}
  void describe(call::JournalAnswer&) override {}
  void describe(call::JournalMedia&) override {}

  void perform(call::JournalAdmission admission) override;
  void perform(call::JournalAnswer answer) override;
  void perform(const call::JournalPaid& paid) override;
  void perform(const call::JournalAdopted&) override {}
  void perform(call::JournalMedia) override {}
  void perform(call::JournalTarget target) override;
  void confirmed_before(Instant) override {}
  void close_call(call::CloseCall close, std::vector<billing::LedgerEntry> charge) override;
  void perform(call::KeepNote note) override;
  void perform(const call::RecordRefusal& refusal) override;
  void post(billing::Posting posting) override;
  void append(std::vector<billing::LedgerEntry>, std::function<void(ports::Applied)>) override {}
  void open_account(const std::string&, const billing::Standing&,
                    std::function<void(ports::Applied)>) override {}
  bool takes_new_calls() const override { return store_takes_calls; }

  void wake_at(Instant when) override;
  void happened(const call::Event&, const cdr::Record*) override {}
  void ended(const cdr::Record&) override {}
  void posted(const billing::Posting&) override {}

 private:
  void say(std::string line) { lines_.push_back(std::move(line)); }

  std::vector<std::string> lines_;
};

class World {
 public:
  // Understands one header line ("phone desk ring=25 lines=1", "trunk carrier max_calls=2").
  // Errors: throws std::invalid_argument naming the line.
  void configure(const std::string& line);
  // Runs one event line ("@0 offered 1 from +8613900000000") and returns what was asked for.
  // Errors: throws std::invalid_argument naming the line.
  std::vector<std::string> run(const std::string& line);

 private:
  void build();
  void screen();
  std::string setting(const std::string& key, const std::string& otherwise) const;
  std::unique_ptr<routing::Group> group(const std::vector<std::string>& words,
                                        routing::Hotline& hotline) const;
  void name_menus_and_queues(routing::Hotline& hotline) const;
  void fill_menus_and_queues(routing::Hotline& hotline) const;
  void set_what_is_heard(routing::Hotline& hotline) const;
  call::Event read(const std::vector<std::string>& words) const;

  std::map<std::string, std::string> header_;
  std::vector<std::vector<std::string>> phones_;
  std::vector<std::vector<std::string>> groups_;
  std::vector<std::vector<std::string>> menus_;
  std::vector<std::vector<std::string>> queues_;
  std::vector<routing::Trunk> trunks_;
  routing::Rates rates_;
  std::shared_ptr<routing::Snapshot> snapshot_;
  Scribe scribe_;
  std::unique_ptr<call::Switchboard> switchboard_;
};

}  // namespace hotline::flows
