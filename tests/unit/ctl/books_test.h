// A database with half a year of two accounts in it, written by the store's own writer, for what
// adds up books. Times are China's.
#pragma once

#include <string>
#include <vector>

#include "hotline/billing/reversal.h"

#include "admin/times.h"
#include "store/open.h"
#include "store/writer.h"
#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {

inline WallTime at(const std::string& moment) {  // "2025-10-06T09:00:00"
  return *admin::parse_time(moment + "+08:00", admin::Edge::begin);
}

class BooksTest : public CtlTest {
 protected:
  struct Call {
    std::string ended;
    std::string hotline;
    std::string caller;
    std::string province;
    std::string phone_province;
    int talk_s = 0;  // 0: not answered
    std::int64_t charge_li = 0;
    std::string account = "acme";
    Cause cause = Cause::hung_up;
    std::string phone = "desk";  // that answered; empty: only a menu did
    int mark = 0;                // the caller's
  };

  // Everything until the writer goes is one filling.
  class Filling {
   public:
    explicit Filling(const std::string& state_dir)
        : opened_(store::open(state_dir)),
          writer_(
              opened_->database,
              [] {
                return Now{Instant(), kThen};
              },
              [](const store::Writer::Works&) {}, [](const call::Event&) {}) {}
    Filling(const Filling&) = delete;
    Filling& operator=(const Filling&) = delete;
    ~Filling() { writer_.stop(); }

    void account(const std::string& name, WallTime opened, Month months_done) {
      billing::Standing standing = billing::standing_of_new(opened);
      standing.state = billing::AccountState::active;
      standing.months_done = months_done;
      writer_.open_account(name, standing, [](ports::Applied) {});
    }
    void entries(std::vector<billing::LedgerEntry> entries) {
      writer_.append(std::move(entries), [](ports::Applied) {});
    }
    // Its id.
    std::string call(const Call& call) {
      cdr::Record record = sample_record(1).record;
      record.id = CallIdSource(++calls_).next(kThen);
      record.account = call.account;
      record.hotline = call.hotline;
      record.caller_raw = record.caller_e164 = call.caller;
      record.province = call.province;
      record.phone_province = call.phone_province;
      record.ended = at(call.ended);
      record.talk = record.billable = Seconds(call.talk_s);
      record.billed = Seconds((call.talk_s + 59) / 60 * 60);
      record.charge = Money::from_li(call.charge_li);
      record.answered.reset();
      if (call.talk_s > 0) record.answered = record.ended - record.talk;
      record.answered_by = call.talk_s > 0 ? call.phone : "";
      record.survey = static_cast<std::uint8_t>(call.mark);
      record.received = record.ended - record.talk - Seconds(5);
      record.release.cause = call.cause;
      std::vector<billing::LedgerEntry> charge;
      if (call.charge_li > 0) {
        charge = {billing::call_charge(call.account, record.id, record.charge, record.ended)};
      }
      const std::string id = record.id.to_string();
      writer_.close_call({CallRef{calls_}, std::move(record), Money()}, std::move(charge));
      return id;
    }

   private:
    tl::expected<store::Opened, std::string> opened_;
    store::Writer writer_;
    std::uint64_t calls_ = 0;
  };

  static billing::LedgerEntry fee(billing::EntryKind kind, const std::string& what, std::int64_t li,
                                  const std::string& when) {
    return billing::fee_entry(kind, "acme", what, Money::from_li(li), at(when));
  }
};

}  // namespace hotline::ctl
