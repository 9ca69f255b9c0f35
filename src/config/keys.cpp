// The declarations. A key stands here only if it has an effect.

#include "config/keys.h"

#include <algorithm>
#include <array>

#include "hotline/base/contract.h"
#include "hotline/number/number.h"

namespace hotline::config {
namespace {

constexpr std::string_view kLevels[] = {"debug", "info", "warning", "error"};
constexpr std::string_view kHolidays[] = {"closed", "weekly"};
constexpr std::string_view kNumberFormats[] = {"as_written",    "national", "national_0",
                                               "national_bare", "e164",     "e164_bare"};
constexpr std::string_view kPresent[] = {"caller", "hotline"};
constexpr std::string_view kEarlyMedia[] = {"none", "phone"};
constexpr std::string_view kRing[] = {"sequence",     "parallel",     "staged",
                                      "round_robin",  "random",       "weighted",
                                      "least_recent", "fewest_calls", "longest_idle"};
constexpr std::string_view kKinds[] = {"mobile", "landline", "hongkong", "macau",
                                       "taiwan", "abroad",   "withheld", "unknown"};
constexpr std::string_view kCarriers[] = {"移动", "联通", "电信", "广电", "unknown"};
constexpr std::string_view kAccountStates[] = {"active", "low", "suspended"};

constexpr Key kServer[] = {
    {.name = "listen",
     .type = Type::texts,
     .fallback = "udp:127.0.0.1:5060",
     .bounds = {1, 16},
     .doc = "Where calls come in, as `udp:IP:port` or `tcp:IP:port` (IPv6: `udp:[::1]:5060`)."},
    {.name = "advertise",
     .type = Type::text_table,
     .doc =
         "How others reach an address of `listen`, where that is not the address itself: "
         "`{ \"udp:10.0.0.5:5060\" = \"203.0.113.7:5060\" }`; an IP address of the same version, "
         "the port left out where it is the same. It stands in Via, Contact, From and the like."},
    {.name = "state_dir",
     .fallback = "/var/lib/hotline",
     .doc = "The database and the last accepted configuration (`config.good`). An absolute path."},
    {.name = "control_socket",
     .fallback = "/run/hotline/control.sock",
     .bounds = {1, 107},
     .doc = "The Unix socket `hotlinectl` speaks to. An absolute path."},
    {.name = "drain_s",
     .type = Type::whole,
     .fallback = 30,
     .bounds = {0, 3600},
     .unit = "seconds",
     .doc = "How long live calls may go on after the server was told to end."},
    {.name = "max_calls",
     .type = Type::whole,
     .fallback = 20000,
     .bounds = {1, 1'000'000},
     .unit = "calls",
     .doc = "Live calls; one more is refused as `overload`."},
    {.name = "session_expires_s",
     .type = Type::whole,
     .fallback = 1800,
     .bounds = {90, 86'400},
     .unit = "seconds",
     .doc = "How long a side of a call may go without a sign of life (RFC 4028). One that does is "
            "hung up on, and so is the other."},
    {.name = "resolve_s",
     .type = Type::whole,
     .fallback = 60,
     .bounds = {1, 86400},
     .unit = "seconds",
     .doc = "How often gateways' names are looked up again. While a name cannot be resolved, its "
            "last addresses stay."},
};

constexpr Key kLog[] = {
    {.name = "level",
     .fallback = "info",
     .words = kLevels,
     .doc =
         "The least important lines that are written: `info` has one for each call that is over, "
         "`debug` one for each of its events."},
    {.name = "file", .doc = "The file to append to, an absolute path. Absent: standard error."},
    {.name = "json",
     .type = Type::flag,
     .fallback = false,
     .doc = "One JSON object a line instead of text."},
};

constexpr Key kTrunk[] = {
    {.name = "name",
     .required = true,
     .bounds = {1, 64},
     .doc = "What phones and records call it."},
    {.name = "sources",
     .type = Type::texts,
     .doc = "IP addresses calls of this trunk come from; all others get silence. An address "
            "belongs to one trunk."},
    {.name = "gateways",
     .type = Type::texts,
     .bounds = {1, 16},
     .doc =
         "Where calls to its numbers are sent, as `udp:IP:port`, `tcp:IP:port` or the same with a "
         "NAME instead of the IP, tried in order. Needed where a phone names the trunk."},
    {.name = "weights",
     .type = Type::wholes,
     .bounds = {0, 1000},
     .doc = "Each gateway's share of the calls; one of 0 gets calls only when the others are out. "
            "Absent: in order."},
    {.name = "probe_s",
     .type = Type::whole,
     .fallback = 30,
     .bounds = {0, 3600},
     .unit = "seconds",
     .doc = "How often a gateway is asked whether it is there (OPTIONS); 0: never. A carrier that "
            "answers calls but no OPTIONS is not held to be down for that."},
    {.name = "trusted",
     .type = Type::flag,
     .fallback = false,
     .doc = "Believe the caller identity it asserts (P-Asserted-Identity)."},
    {.name = "max_calls",
     .type = Type::whole,
     .fallback = 0,
     .bounds = {0, 1'000'000},
     .unit = "calls",
     .doc = "Live calls from and to it together; a caller beyond is refused as `overload`, a phone "
            "behind it counts as having no line free. 0: no limit."},
    {.name = "max_calls_per_s",
     .type = Type::whole,
     .fallback = 0,
     .bounds = {0, 10'000},
     .unit = "calls",
     .doc = "New calls from and to it in any second; beyond, as with `max_calls`. 0: no limit."},
    {.name = "number_format",
     .fallback = "as_written",
     .words = kNumberFormats,
     .doc = "How the called and the caller's number are written to it: `national` 02161234567 and "
            "13900000000, `national_0` 013900000000 too, `national_bare` without any 0, `e164` "
            "+862161234567, `e164_bare` 862161234567."},
    {.name = "number_prefix",
     .bounds = {1, 16},
     .doc = "Digits (and `*`, `#`) in front of every called number."},
    {.name = "username",
     .bounds = {1, 64},
     .doc =
         "Who we are to its gateways when they ask (digest, RFC 3261 §22). Nobody else is told."},
    {.name = "password_file",
     .doc = "The file whose first line proves it. Only its owner may read it."},
};

constexpr Key kPackage[] = {
    {.name = "price_per_min",
     .type = Type::money,
     .required = true,
     .bounds = {0, 1'000'000},
     .unit = "yuan",
     .doc = "Price of a minute. Price × increment ÷ 60 has to be whole 厘 (1/1000 yuan)."},
    {.name = "increments_s",
     .type = Type::whole_pair,
     .fallback = 60,
     .bounds = {1, 3600},
     .unit = "seconds",
     .doc = "Length of the first unit and of every further one; each begun unit is billed."},
    {.name = "min_balance",
     .type = Type::money,
     .fallback = "15.00",
     .bounds = {0, 1'000'000'000},
     .unit = "yuan",
     .doc = "An account below it is suspended for new calls."},
    {.name = "phones_included",
     .type = Type::whole,
     .fallback = 10,
     .bounds = {1, 20},
     .unit = "phones",
     .doc = "Bound phones that a hotline has for nothing more; `check` warns of a hotline with "
            "more of them."},
    {.name = "low_balance",
     .type = Type::money,
     .fallback = "50.00",
     .bounds = {0, 1'000'000'000},
     .unit = "yuan",
     .doc = "An account with less available is `low`: routes may ask for that."},
    {.name = "call_max_s",
     .type = Type::whole,
     .fallback = 7200,
     .bounds = {1, 86400},
     .unit = "seconds",
     .doc = "The longest call."},
};

constexpr Key kSchedule[] = {
    {.name = "offset",
     .fallback = "+08:00",
     .doc = "Offset of its hours from UTC, `-14:00` to `+14:00`."},
    {.name = "calendar",
     .doc = "File of holidays and make-up workdays (lines of `date,kind,name`). A year it lacks "
            "has plain weekly hours."},
    {.name = "weekly",
     .type = Type::hours,
     .required = true,
     .doc = "Hours by day: `mon` … `sun` or a range such as `mon-fri`, each a list of "
            "`\"09:00-18:00\"`; `\"22:00-02:00\"` reaches into the next day. A day not named is "
            "closed."},
    {.name = "holidays",
     .fallback = "closed",
     .words = kHolidays,
     .doc = "What a holiday of the calendar is: closed, or a weekday like any other."},
    {.name = "makeup_workdays",
     .doc = "The key of `weekly` whose hours a make-up workday takes. Absent: its weekday's."},
    {.name = "exceptions",
     .type = Type::hours,
     .doc = "Hours by date (`2026-12-31`), before all other rules; an empty list is closed."},
};

constexpr Key kCallerList[] = {
    {.name = "numbers",
     .type = Type::texts,
     .bounds = {1, 1'000'000},
     .doc = "Phone numbers, in any form a carrier sends."},
    {.name = "prefixes",
     .type = Type::texts,
     .bounds = {1, 1'000'000},
     .doc = "Beginnings of numbers, with the country: `\"+86170\"`."},
    {.name = "withheld",
     .type = Type::flag,
     .fallback = false,
     .doc = "Callers who hide their number, too."},
    {.name = "regions",
     .type = Type::texts,
     .doc = "Where numbers belong, named as in a route's `region`; any one of them."},
    {.name = "kinds",
     .type = Type::texts,
     .words = number::kKindWords,
     .doc = "Kinds of numbers, any one of them."},
    {.name = "files",
     .type = Type::texts,
     .doc = "Text files: a number, or a prefix and `*`, on each line; `#` begins a comment. With "
            "`numbers` and `prefixes` at most 1,000,000 different entries."},
};

constexpr Key kScreening[] = {
    {.name = "blacklists", .type = Type::texts, .doc = "Caller lists refused at every hotline."},
    {.name = "whitelists",
     .type = Type::texts,
     .doc = "Caller lists the platform's blacklists do not apply to, nor `guard` and "
            "`max_calls_per_caller`."},
    {.name = "guard",
     .type = Type::table,
     .doc = "Against malicious callers. `hotlinectl caller list` shows whom it refuses, `caller "
            "lift` lets one in again."},
    {.name = "max_calls_per_caller",
     .type = Type::whole,
     .fallback = 0,
     .bounds = {0, 100'000},
     .unit = "calls",
     .doc = "Calls at once from one number; one more is refused as `caller_limit`. 0: no limit."},
};

constexpr Key kGuard[] = {
    {.name = "calls",
     .type = Type::whole,
     .fallback = 10,
     .bounds = {1, 10'000},
     .unit = "calls",
     .doc = "One caller may make so many, to all hotlines together, …"},
    {.name = "within_s",
     .type = Type::whole,
     .fallback = 600,
     .bounds = {1, 86'400},
     .unit = "seconds",
     .doc = "… in so long a time; with one more it is refused as `blacklisted` …"},
    {.name = "block_s",
     .type = Type::whole,
     .fallback = 86'400,
     .bounds = {1, 31'536'000},
     .unit = "seconds",
     .doc = "… for so long, also across restarts."},
};

constexpr Key kAccount[] = {
    {.name = "blacklists",
     .type = Type::texts,
     .doc = "Caller lists refused at all hotlines of the account."},
    {.name = "whitelists",
     .type = Type::texts,
     .doc = "Caller lists that neither its nor the platform's blacklists apply to."},
    {.name = "month_cap",
     .type = Type::table,
     .doc = "What a month (China's time) may cost; beyond, calls are refused as `cap_reached`."},
};

constexpr Key kMonthCap[] = {
    {.name = "spend",
     .type = Type::money,
     .bounds = {1, 1'000'000'000'000},
     .unit = "yuan",
     .doc = "No new call once so much is spent, money reserved for live calls included."},
    {.name = "calls",
     .type = Type::whole,
     .bounds = {1, 1'000'000'000},
     .unit = "calls",
     .doc = "No new call once so many were answered, live ones included."},
};

constexpr Key kHotlineMonthCap[] = {
    kMonthCap[0],
    kMonthCap[1],
    {.name = "then",
     .fallback = "refuse:cap_reached",
     .doc = "Where calls go then: `group:NAME`, `hotline:NUMBER/GROUP`, `number:TRUNK/NUMBER` or "
            "`refuse:REASON`."},
};

constexpr Key kHotline[] = {
    {.name = "number", .required = true, .bounds = {1, 64}, .doc = "The 400 number, ten digits."},
    {.name = "also",
     .type = Type::texts,
     .bounds = {1, 100},
     .doc = "Further 400 numbers with the same rules, phones and account."},
    {.name = "account",
     .required = true,
     .bounds = {1, 64},
     .doc = "Who pays. Until the account is opened with `hotlinectl`, calls are refused."},
    {.name = "package", .required = true, .bounds = {1, 64}, .doc = "What a call costs."},
    {.name = "present", .fallback = "caller", .words = kPresent, .doc = "The number a phone sees."},
    {.name = "early_media",
     .fallback = "none",
     .words = kEarlyMedia,
     .doc = "What the caller hears until a phone answers: its own carrier's ringing, or what the "
            "phone plays. `phone` needs groups that ring one phone at a time."},
    {.name = "hunt_max_s",
     .type = Type::whole,
     .fallback = 120,
     .bounds = {1, 600},
     .unit = "seconds",
     .doc = "The longest search for a phone that answers."},
    {.name = "blacklists", .type = Type::texts, .doc = "Caller lists refused at this hotline."},
    {.name = "whitelists",
     .type = Type::texts,
     .doc = "Caller lists no blacklist applies to, the platform's included."},
    {.name = "month_cap", .type = Type::table, .doc = "What a month may cost."},
};

constexpr Key kPhone[] = {
    {.name = "name",
     .required = true,
     .bounds = {1, 64},
     .doc = "What groups and records call it."},
    {.name = "number",
     .bounds = {3, 20},
     .doc = "The number dialled through `trunk`, digits with an optional `+`."},
    {.name = "trunk", .bounds = {1, 64}, .doc = "The trunk the number is behind."},
    {.name = "uri",
     .doc =
         "Instead of `number` and `trunk`: `sip:user@IP:port` or `sip:user@IP:port;transport=tcp`, "
         "an address of its own."},
    {.name = "lines",
     .type = Type::whole,
     .fallback = 1,
     .bounds = {1, 100'000},
     .unit = "calls",
     .doc = "How many calls it takes at once: 30 for an E1, 1 for a mobile."},
    {.name = "ring_s",
     .type = Type::whole,
     .fallback = 25,
     .bounds = {1, 300},
     .unit = "seconds",
     .doc = "How long it rings before the next."},
    {.name = "schedule", .bounds = {1, 64}, .doc = "When it may be rung. Absent: always."},
    {.name = "wrap_up_s",
     .type = Type::whole,
     .fallback = 0,
     .bounds = {0, 3600},
     .unit = "seconds",
     .doc = "How long a line rests after a call before it is rung again."},
    {.name = "pause_after",
     .type = Type::whole,
     .fallback = 0,
     .bounds = {0, 100},
     .unit = "attempts",
     .doc = "So many attempts in a row that failed or were not answered pause it. 0: never."},
    {.name = "pause_for_s",
     .type = Type::whole,
     .fallback = 600,
     .bounds = {1, 86'400},
     .unit = "seconds",
     .doc = "How long such a pause lasts; `hotlinectl phone resume` ends it at once."},
};

constexpr Key kGroup[] = {
    {.name = "name", .required = true, .bounds = {1, 64}, .doc = "What routes call it."},
    {.name = "ring",
     .fallback = "sequence",
     .words = kRing,
     .doc = "`sequence`: one phone after the other; `parallel`: all at once; `staged`: some, and "
            "others added by `after_s`; `round_robin`: each call begins with the next phone; "
            "`random`; `weighted`: by `weights`; `least_recent`: who answered longest ago first; "
            "`fewest_calls`: who answered fewest today first; `longest_idle`: who has been free "
            "longest first."},
    {.name = "phones",
     .type = Type::texts,
     .required = true,
     .bounds = {1, 20},
     .doc = "Names of its phones, in ring order."},
    {.name = "after_s",
     .type = Type::wholes,
     .bounds = {0, 300},
     .unit = "seconds",
     .doc = "`staged`: when each phone begins to ring, `[0, 0, 10]`; sooner, when all that ring "
            "have failed."},
    {.name = "weights",
     .type = Type::wholes,
     .bounds = {0, 100},
     .doc = "`weighted`: each phone's share of the calls; one of 0 is rung only when no other "
            "takes the call."},
    {.name = "sticky",
     .type = Type::flag,
     .fallback = false,
     .doc = "The phone that answered this caller last (within 31 days) is rung first."},
    {.name = "on_busy",
     .fallback = "refuse:all_busy",
     .doc = "Where a call goes when all are busy or paused: `group:NAME`, `hotline:NUMBER/GROUP`, "
            "`number:TRUNK/NUMBER` or `refuse:REASON`. Never in a circle."},
    {.name = "on_no_answer",
     .fallback = "refuse:no_answer",
     .doc = "The same when nobody answers or can be reached."},
    {.name = "on_closed",
     .fallback = "refuse:closed",
     .doc = "The same when the schedules of all its phones are closed."},
};

constexpr Key kRoute[] = {
    {.name = "name", .required = true, .bounds = {1, 64}, .doc = "What the trace calls it."},
    {.name = "set",
     .bounds = {1, 64},
     .doc = "The route set it belongs to, which others jump to with `routes:NAME`. Absent: it is "
            "one of the hotline's own routes."},
    {.name = "when", .type = Type::table, .required = true, .doc = "All of it has to hold."},
    {.name = "to",
     .required = true,
     .doc = "`group:NAME`, `routes:NAME` (a route set; what it does not take goes on with the "
            "next route), `hotline:NUMBER/GROUP` (of the same account), `number:TRUNK/NUMBER` or "
            "`refuse:REASON`."},
};

constexpr Key kWhen[] = {
    {.name = "region",
     .type = Type::text_or_texts,
     .doc = "Where the caller's number belongs: a province, a city, an area code (`\"0512\"`), "
            "香港, 澳门, 台湾, 境外, `withheld` or `unknown`; any one of them."},
    {.name = "schedule", .type = Type::text_or_texts, .doc = "Any one of these is open."},
    {.name = "caller_list",
     .type = Type::text_or_texts,
     .doc = "Any one of these holds the caller."},
    {.name = "kind",
     .type = Type::text_or_texts,
     .words = kKinds,
     .doc = "What the caller's number is: any one of these."},
    {.name = "carrier",
     .type = Type::text_or_texts,
     .words = kCarriers,
     .doc = "Whose network the caller's mobile uses, by its number: any one of these."},
    {.name = "date",
     .type = Type::text_or_texts,
     .doc = "Any one of these days or ranges of days, in China's time: `\"2026-12-31\"`, "
            "`\"2026-10-01..2026-10-07\"`."},
    {.name = "account",
     .type = Type::text_or_texts,
     .words = kAccountStates,
     .doc = "How the account stands: `low` has less available than the package's `low_balance`."},
    {.name = "repeat_within_h",
     .type = Type::whole,
     .bounds = {1, 720},
     .unit = "hours",
     .doc = "The caller has called this hotline in so many hours."},
    {.name = "busy",
     .type = Type::text_or_texts,
     .doc = "All open phones of any one of these groups are busy or paused."},
    {.name = "share",
     .type = Type::whole,
     .bounds = {1, 100},
     .unit = "percent",
     .doc = "So many of the calls for which all the rest holds, by chance."},
};

constexpr Key kRegion[] = {
    {.name = "overrides",
     .doc = "A CSV file that knows better where prefixes belong than the builtin and the imported "
            "table: `prefix,province,city,area_code,carrier`, a prefix being 3 to 7 digits of "
            "mobiles or an area code."},
};

constexpr Key kOtherwise[] = {
    {.name = "to", .required = true, .doc = "As with a route, but for `routes:`: calls end here."},
};

constexpr Section kSections[] = {
    {File::platform, "server", Form::one, true, "The server itself.", kServer},
    {File::platform, "log", Form::one, false, "What it writes about itself.", kLog},
    {File::platform, "trunk", Form::many, false, "A carrier gateway.", kTrunk},
    {File::platform, "package", Form::named, false, "What an account has bought.", kPackage},
    {File::platform, "schedule", Form::named, false, "Opening hours.", kSchedule},
    {File::platform, "caller_list", Form::named, false,
     "Callers, to screen calls or to route them.", kCallerList},
    {File::platform, "screening", Form::one, false, "Whom no hotline takes calls from.",
     kScreening},
    {File::platform, "guard", Form::inner, false, "Callers who call too often.", kGuard},
    {File::platform, "account", Form::named, false, "What holds for all hotlines of an account.",
     kAccount},
    {File::platform, "month_cap", Form::inner, false, "What an account may cost in a month.",
     kMonthCap},
    {File::platform, "region", Form::one, false, "Where callers are from.", kRegion},
    {File::hotline, "hotline", Form::one, true, "The hotline and who pays for it.", kHotline},
    {File::hotline, "month_cap", Form::inner, false, "What the hotline may cost in a month.",
     kHotlineMonthCap},
    {File::hotline, "phone", Form::many, false, "A bound phone; at most 20.", kPhone},
    {File::hotline, "group", Form::many, false, "Phones and how they ring.", kGroup},
    {File::hotline, "route", Form::many, false,
     "Where a call goes: the first route that holds, in the order written.", kRoute},
    {File::hotline, "when", Form::inner, false, "The condition of a route: every key has to hold.",
     kWhen},
    {File::hotline, "otherwise", Form::one, true, "Where a call goes that no route takes.",
     kOtherwise},
};

}  // namespace

std::string_view to_string(Type type) {
  switch (type) {
    case Type::text:
      return "a string";
    case Type::texts:
      return "a list of strings";
    case Type::text_or_texts:
      return "a string or a list of strings";
    case Type::whole:
      return "a whole number";
    case Type::whole_pair:
      return "a pair of whole numbers";
    case Type::wholes:
      return "a list of whole numbers";
    case Type::flag:
      return "true or false";
    case Type::money:
      return "money in a quoted string (\"0.300\")";
    case Type::hours:
    case Type::text_table:
    case Type::table:
      return "a table";
  }
  HOTLINE_EXPECT(false);
  return "";
}

const Key* Section::find(std::string_view key) const {
  const auto it =
      std::find_if(keys.begin(), keys.end(), [key](const Key& k) { return k.name == key; });
  return it == keys.end() ? nullptr : &*it;
}

std::span<const Section> sections() { return kSections; }

const Section* find_section(File file, std::string_view name) {
  const auto it =
      std::find_if(std::begin(kSections), std::end(kSections),
                   [file, name](const Section& s) { return s.file == file && s.name == name; });
  return it == std::end(kSections) ? nullptr : &*it;
}

}  // namespace hotline::config
