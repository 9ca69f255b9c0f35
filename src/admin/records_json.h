// How records, ledger entries, accounts, calls and the server's status look in JSON. Times are
// RFC 3339 in China's time, each with a member of the same name and _ms for programs; money is
// text in yuan with three decimals.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hotline/base/cause.h"
#include "hotline/billing/booked.h"
#include "hotline/billing/notice.h"
#include "hotline/cdr/filed.h"
#include "hotline/ports/store.h"

#include "admin/answer.h"
#include "admin/ask.h"

namespace hotline::admin {

struct AccountView {
  std::string name;
  WallTime opened{};
  Money balance;
  std::optional<Money> reserved;  // held for live calls; unknown while the server is stopped
  billing::AccountState state = billing::AccountState::open;
  WallTime since{};                // it is in that state
  std::optional<Money> missing{};  // to pay in before calls are taken; unknown while it is stopped
};

struct CallView {
  CallId id;
  std::string state;  // "admitting", "hunting", "talking", …
  std::string hotline;
  std::string account;
  std::string caller;  // E.164, or as received
  std::string trunk;
  WallTime received{};
  std::optional<WallTime> answered;
  std::string answered_by;  // the phone's name
  bool adopted = false;     // it has outlived a process of ours
};

struct PhoneView {
  std::string hotline;
  std::string name;
  std::string address;  // "unicom/02161234567", "sip:li@127.0.0.9:5070"
  std::uint32_t lines = 0;
  std::uint32_t in_use = 0;  // or resting
  bool paused = false;
  std::optional<WallTime> paused_until;  // nullopt: until it is resumed
  std::string why;                       // it is paused
};

struct BlockView {
  std::string caller;
  WallTime since{};
  WallTime until{};
  std::string why;
};

struct SnapshotView {  // of the configuration in use
  std::size_t hotlines = 0;
  std::size_t trunks = 0;
  WallTime loaded{};
  std::uint32_t version = 0;  // of the history; 0: none
};

struct ChangeView {  // between two configurations
  std::string what;  // "added", "removed", "changed"
  std::string kind;
  std::string name;
  std::string hotline;
  std::string file;
  std::vector<std::string> keys;
};

struct ReloadView {
  bool dry_run = false;
  std::string words;  // what changed, or would
  std::vector<ChangeView> changes;
  std::vector<std::string> at_restart;  // "[server] listen": takes effect then
};

struct RefusedReloadView {
  WallTime at{};
  std::string by;
  std::size_t errors = 0;
  std::string first;
};

struct ProblemView {  // of a configuration
  std::string file;
  int line = 0;
  int column = 0;
  std::string message;
  bool is_warning = false;
};

struct GatewayView {
  std::string address;  // "udp:192.0.2.1:5060"
  std::string state;    // "unknown", "up", "probing", "down"
  std::string why;      // "200", "silent", "503 for 30 s"; empty: never asked
  WallTime since{};
};

struct TrunkView {
  std::string name;
  std::string state;      // "down": no call gets through
  std::size_t calls = 0;  // live, in either direction
  std::vector<GatewayView> gateways;
};

struct NoticesView {  // those that wait to be delivered
  std::uint64_t waiting = 0;
  bool has_command = false;
  std::string error;  // of the newest one that has been tried, or why the database tells nothing
};

struct StatusView {
  std::string state;  // "running", "draining"
  WallTime since{};
  std::string version;
  std::size_t calls = 0;
  SnapshotView snapshot;
  std::vector<TrunkView> trunks;                                // in the order of configuration
  std::vector<std::pair<std::string, std::uint64_t>> counters;  // {"strangers", 3}, …
  std::vector<std::string> warnings;
  std::string config_dir;
  std::string state_dir;
  std::optional<RefusedReloadView> refused_reload;  // since the last good one
  NoticesView notices;
};

Json to_json(const cdr::Filed& filed);
Json to_json(const billing::Booked& booked);
Json to_json(const AccountView& account);
Json to_json(const billing::AccountEvent& event);
Json to_json(const billing::KeptNotice& kept);
Json to_json(const NoticesView& notices);
Json to_json(const CallView& call);
Json to_json(const PhoneView& phone);
Json to_json(const BlockView& block);
Json to_json(const GatewayView& gateway);
Json to_json(const TrunkView& trunk);
Json to_json(const RefusedReloadView& refused);
Json to_json(const StatusView& status);
Json to_json(const SnapshotView& snapshot);
Json to_json(const ProblemView& problem);
Json to_json(const ChangeView& change);

// One of them: {"account": {…}}, {"call": {…}}, {"cdr": {…}}.
Answer shown(const AccountView& account);
Answer shown(const CallView& call);
Answer shown(const cdr::Filed& filed);
Answer shown(const billing::KeptNotice& kept);

// {"cdrs": […], "next": {"after_seq": n}}; "next" is null on the last page.
Answer cdr_page(const std::vector<cdr::Filed>& records, const cdr::Query& query);
// {"ledger": […], "next": …}
Answer ledger_page(const std::vector<billing::Booked>& entries, const billing::Query& query);
// {"notices": […], "next": …}
Answer notice_page(const std::vector<billing::KeptNotice>& notices,
                   const billing::NoticeQuery& query);
// What the command reads that delivers it: the same each time.
Json message_of(const billing::Notice& notice);
// {"accounts": […]}
Answer account_list(const std::vector<AccountView>& accounts);
// {"calls": […]}
Answer call_list(const std::vector<CallView>& calls);
// {"phones": […]}
Answer phone_list(const std::vector<PhoneView>& phones);
// {"callers": […]}
Answer block_list(const std::vector<BlockView>& blocks);
// {"problems": […]}
Json problem_list(const std::vector<ProblemView>& problems);

// {"words": "…", "list": […], "more": n}: the first thousand of the list.
Json change_list(const std::string& words, const std::vector<ChangeView>& changes);

// The new configuration is in use, or would be:
// {"snapshot": {…}, "dry_run": …, "changes": {…}, "at_restart": […], "problems": […]}.
Answer reloaded(const SnapshotView& snapshot, const ReloadView& view,
                const std::vector<ProblemView>& warnings);
// The old one stays: a refusal with its "problems".
Answer not_reloaded(const std::vector<ProblemView>& problems);

// What became of a wish to open an account: {"applied": "now" | "before", "account": {…}}.
// Requires: the account as it stands now, unless the store failed.
Answer opened(ports::Applied applied, const AccountView& account);
// What became of an entry somebody asked for by that reference; the same shape.
Answer booked(ports::Applied applied, const std::string& reference, const AccountView& account);
// What became of a note about that call: {"applied": "now" | "before"}.
Answer noted(ports::Applied applied, const CallId& call);
// {"history": […]}
Answer history(const std::vector<billing::AccountEvent>& events);

// One of them: {"phone": {…}}, {"caller": {…}}.
Answer shown(const PhoneView& phone);
Answer shown(const BlockView& block);

Answer no_such_account(const std::string& name);
Answer account_closed(const std::string& name);
Answer not_reinstated(const std::string& name);
Answer no_such_service(const std::string& name, const std::string& known);
Answer no_such_call(const CallId& id);
Answer no_such_cdr(const CallId& id);
Answer no_such_notice(std::uint64_t seq);
Answer store_failed();
Answer not_durable_yet();

}  // namespace hotline::admin
