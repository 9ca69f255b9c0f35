// audit: proves the books. Reads the database itself, beside a running server or without one.
#include "store/audit.h"

#include <memory>
#include <vector>

#include "admin/times.h"
#include "ctl/command.h"
#include "ctl/page.h"
#include "ctl/progress.h"
#include "ctl/table.h"
#include "ctl/text.h"
#include "store/open.h"

namespace hotline::ctl {
namespace {

using admin::Json;

constexpr std::size_t kMostAccounts = 20;  // shown to people; --json has all

struct Wish {
  Page period;
  std::vector<std::string> anchors;
  std::size_t most = 20;
};

int cannot_audit(Session& session, const std::string& why) {
  return show_problem(session, admin::refusal(500, "cannot_audit", why,
                                              "run it as the user that the server runs as"));
}

// --- what was found ------------------------------------------------------------------------------

store::AccountSums total_of(const store::Audited& audited) {
  store::AccountSums total;
  total.account = "total";
  for (const store::AccountSums& one : audited.accounts) {
    total.opening += one.opening;
    total.in += one.in;
    total.out += one.out;
  }
  return total;
}

Json sums_json(const store::AccountSums& sums) {
  return {{"account", sums.account},
          {"opening", sums.opening.to_yuan()},
          {"in", sums.in.to_yuan()},
          {"out", sums.out.to_yuan()},
          {"closing", sums.closing().to_yuan()}};
}

Json finding_json(const store::Finding& finding) {
  return {{"table", finding.table},
          {"seq", finding.seq > 0 ? Json(finding.seq) : Json()},
          {"id", finding.id},
          {"is", finding.is},
          {"should_be", finding.should_be}};
}

Json to_json(const store::Audited& audited) {
  Json findings = Json::array();
  for (const store::Finding& one : audited.findings) findings.push_back(finding_json(one));
  Json accounts = Json::array();
  for (const store::AccountSums& one : audited.accounts) accounts.push_back(sums_json(one));
  return {{"holds", audited.found == 0},
          {"found", audited.found},
          {"findings", findings},
          {"records", audited.records},
          {"calls", audited.calls},
          {"attempts", audited.attempts},
          {"charged", audited.charged},
          {"charges", audited.charges.to_yuan()},
          {"entries", audited.entries},
          {"notes", audited.notes},
          {"open_calls", audited.open_calls},
          {"anchors", audited.anchors},
          {"total", sums_json(total_of(audited))},
          {"accounts", accounts},
          {"last_record", audited.heads.records},
          {"records_sha256", store::to_hex(audited.heads.records_hash)},
          {"last_note", audited.heads.notes},
          {"notes_sha256", store::to_hex(audited.heads.notes_hash)},
          {"last_entry", audited.heads.ledger}};
}

void print_sums(std::ostream& out, const store::Audited& audited) {
  Table table({{"ACCOUNT"},
               {"OPENING", Align::right},
               {"IN", Align::right},
               {"OUT", Align::right},
               {"CLOSING", Align::right}});
  const auto add = [&table](const store::AccountSums& sums) {
    table.add({sums.account, sums.opening.to_yuan(), sums.in.to_yuan(), sums.out.to_yuan(),
               sums.closing().to_yuan()});
  };
  for (std::size_t i = 0; i < audited.accounts.size() && i < kMostAccounts; ++i) {
    add(audited.accounts[i]);
  }
  add(total_of(audited));
  table.print(out);
  if (audited.accounts.size() > kMostAccounts) {
    out << "(the first " << kMostAccounts << " of " << audited.accounts.size()
        << " accounts, and the total of all; --json has all)\n";
  }
}

void print_counts(std::ostream& out, const store::Audited& audited) {
  Sheet sheet;
  sheet.add("call records", std::to_string(audited.records) + ", of " +
                                std::to_string(audited.calls) + " calls, with " +
                                std::to_string(audited.attempts) + " attempts");
  sheet.add("charges",
            audited.charges.to_yuan() + " yuan, of " + std::to_string(audited.charged) + " calls");
  sheet.add("ledger entries", std::to_string(audited.entries));
  sheet.add("notes", std::to_string(audited.notes));
  sheet.add("open calls", std::to_string(audited.open_calls));
  sheet.add("anchors compared", std::to_string(audited.anchors));
  sheet.add("last record", std::to_string(audited.heads.records) + " " +
                               store::to_hex(audited.heads.records_hash));
  out << '\n';
  sheet.print(out);
}

void print_findings(std::ostream& out, const store::Audited& audited) {
  if (audited.found == 0) {
    out << "\nthe books hold\n";
    return;
  }
  out << '\n';
  for (const store::Finding& one : audited.findings) {
    out << one.table;
    if (one.seq > 0) out << ' ' << one.seq;
    if (!one.id.empty()) out << ' ' << printable(one.id);
    out << "\n  there is         " << printable(one.is) << "\n  there should be  "
        << printable(one.should_be) << '\n';
  }
  out << "\nthe books do NOT hold: " << audited.found
      << (audited.found == 1 ? " finding" : " findings");
  if (audited.found > audited.findings.size()) {
    out << ", the first " << audited.findings.size() << " of them above; --most shows more";
  }
  out << '\n';
}

// --- the command ---------------------------------------------------------------------------------

// Those beside the database, and those kept elsewhere.
tl::expected<std::vector<store::AnchorFile>, std::string> all_anchors(
    const std::filesystem::path& state_dir, const std::vector<std::string>& elsewhere) {
  auto anchors = store::read_anchors(store::anchors_of(state_dir));
  if (!anchors) return anchors;
  for (const std::string& directory : elsewhere) {
    const auto more = store::read_anchors(directory);
    if (!more) return more;
    if (more->empty()) return tl::make_unexpected("there are no anchors in " + directory);
    anchors->insert(anchors->end(), more->begin(), more->end());
  }
  return anchors;
}

void print(Session& session, const store::Audited& audited) {
  show_made(session, to_json(audited), [&](const Json&) {
    print_sums(session.out, audited);
    print_counts(session.out, audited);
    print_findings(session.out, audited);
  });
}

int audit(Session& session, const Wish& wish) {
  const auto site = find_site(session.options);
  if (!site) return cannot_audit(session, site.error());
  if (site->state_dir.empty()) return cannot_audit(session, "no server.state_dir is known");
  const auto anchors = all_anchors(site->state_dir, wish.anchors);  // first: the books go on
  if (!anchors) return cannot_audit(session, anchors.error());
  store::AuditWish how;
  how.from = admin::parse_time(wish.period.from, admin::Edge::begin);
  how.to = admin::parse_time(wish.period.to, admin::Edge::end);
  how.anchors = *anchors;
  how.most = wish.most;
  tl::expected<store::Audited, std::string> audited;
  {
    Progress progress(session.err, "auditing", session.is_terminal && !session.options.json);
    how.progress = [&progress](std::size_t done, std::size_t whole) { progress.show(done, whole); };
    audited = store::audit(store::database_in(site->state_dir), how);
  }
  if (!audited) return cannot_audit(session, audited.error());
  print(session, *audited);
  return audited->found == 0 ? kDone : kProblem;
}

}  // namespace

void add_audit(CLI::App& app, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      app, session, "audit",
      "Prove the books: balances, charges, and that no record was changed, removed or put in",
      "hotlinectl audit --anchors /mnt/finance/anchors",
      [&session, wish] { return audit(session, *wish); });
  add_period(command, wish->period);
  command
      ->add_option("--anchors", wish->anchors,
                   "Anchors kept elsewhere; those beside the database are always compared")
      ->type_name("DIR");
  command->add_option("--most", wish->most, "How many findings to show")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
}

}  // namespace hotline::ctl
