#include "ctl/postings.h"

#include <map>
#include <memory>
#include <string>

#include "hotline/base/contract.h"
#include "hotline/billing/reversal.h"

#include "ctl/archive.h"
#include "ctl/command.h"
#include "ctl/export.h"
#include "ctl/page.h"
#include "ctl/report.h"

namespace hotline::ctl {
namespace {

using admin::Json;
using billing::EntryKind;
using Role = ReportColumn::Role;

constexpr std::monostate kNothing;

std::vector<ReportColumn> posting_columns() {
  return {{"section", "部分", 8, Role::section},
          {"seq", "序号", 8, Role::right},
          {"at", "时间", 19},
          {"kind", "类型", 14},
          {"account", "科目", 28},
          {"debit", "借方(元)", 14, Role::right},
          {"credit", "贷方(元)", 14, Role::right},
          {"reference", "凭证号", 38}};
}

struct Side {
  Money debit;
  Money credit;
};

// Writes an entry's two lines and adds them up.
class Journal {
 public:
  Journal(Report& report, const ReportForm& form) : report_(report), form_(form) {}

  void add(const billing::Booked& booked) {
    const std::string customer = "customer:" + booked.entry.account;
    const std::string other(counter_account(booked.entry));
    const Money amount = booked.entry.amount;
    if (amount.is_negative()) {
      post(booked, customer, other, -amount);
    } else {
      post(booked, other, customer, amount);
    }
  }

  void write_totals() {
    const Word section{form_.say("totals", "合计")};
    Side all;
    for (const auto& [account, side] : sums_) {
      report_.add(
          {section, kNothing, kNothing, kNothing, account, side.debit, side.credit, kNothing});
      all.debit += side.debit;
      all.credit += side.credit;
    }
    HOTLINE_EXPECT(all.debit == all.credit);
    report_.add({section, kNothing, kNothing, kNothing, Word{form_.say("all", "总计")}, all.debit,
                 all.credit, kNothing});
  }

  void write_reserved(const std::string& account, Money amount) {
    report_.line("  " +
                 std::string(form_.say("memo: reserved for live calls of ", "备查：通话中预留 ")) +
                 account + "  " + amount.to_yuan());
  }

 private:
  void post(const billing::Booked& booked, const std::string& debited, const std::string& credited,
            Money amount) {
    line(booked, debited, amount, kNothing);
    line(booked, credited, kNothing, amount);
    sums_[debited].debit += amount;
    sums_[credited].credit += amount;
  }
  void line(const billing::Booked& booked, const std::string& account, const Value& debit,
            const Value& credit) {
    report_.add({Word{form_.say("entries", "分录")}, static_cast<std::int64_t>(booked.seq),
                 booked.entry.at, Word{std::string(to_string(booked.entry.kind))}, account, debit,
                 credit, booked.entry.reference});
  }

  Report& report_;
  const ReportForm& form_;
  std::map<std::string, Side> sums_;
};

struct Wish {
  Page page;
  std::string account;
  ReportForm form;

  std::string target_after(const std::string& after) const {
    Page next = page;
    next.after = after;
    return next.target("/ledger", {{"account", account}});
  }
};

// What live calls have reserved is no entry yet: told by a running server, to who reads it now.
void write_reserved(Session& session, const Wish& wish, Journal& journal) {
  const auto answer = session.office.ask_server("GET", "/accounts");
  if (!answer || answer->is_refusal()) return;
  for (const Json& account : answer->body.at("accounts")) {
    const auto name = account.at("name").get<std::string>();
    const auto amount = Money::parse_yuan(account.value("reserved", "0"));
    const bool is_wanted = wish.account.empty() || wish.account == name;
    if (is_wanted && amount && *amount > Money()) journal.write_reserved(name, *amount);
  }
}

int write_postings(Session& session, Wish& wish) {
  wish.page.oldest = true;
  wish.page.limit = kExportPage;
  Report report(session, wish.form, "postings", posting_columns());
  Journal journal(report, wish.form);
  const int exit =
      Archive(session).entries([&](const std::string& after) { return wish.target_after(after); },
                               [&](const billing::Booked& booked) { journal.add(booked); });
  if (exit != kDone) return exit;
  journal.write_totals();
  if (wish.form.format == "text" && !session.options.json) write_reserved(session, wish, journal);
  return report.finish();
}

}  // namespace

std::string_view counter_account(const billing::LedgerEntry& entry) {
  switch (billing::counted_kind(entry)) {
    case EntryKind::recharge:
    case EntryKind::service_paid:
      return "cash";
    case EntryKind::call_charge:
      return "revenue:calls";
    case EntryKind::month_minimum:
      return "revenue:minimum";
    case EntryKind::suspension_fee:
      return "revenue:suspension";
    case EntryKind::line_fee:
      return "revenue:lines";
    case EntryKind::renewal_fee:
      return "revenue:renewal";
    case EntryKind::service_fee:
      return "revenue:service";
    case EntryKind::adjustment:
      return "adjustments";
  }
  HOTLINE_EXPECT(false);
  return {};
}

void add_postings(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      group, session, "postings", "Show entries as double entry: what is debited, what credited",
      "hotlinectl ledger postings --account acme --from 2026-10-01 --to 2026-10-31",
      [&session, wish] { return write_postings(session, *wish); });
  add_period(command, wish->page);
  command->add_option("--account", wish->account, "Of this account")
      ->type_name("NAME")
      ->check(account_name());
  add_report_form(command, wish->form);
}

}  // namespace hotline::ctl
