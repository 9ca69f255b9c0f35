// The declarations of hotline.toml. A key stands here only if it has an effect.

#include "hotline/number/number.h"

#include "config/cap_keys.h"
#include "config/keys.h"
#include "config/media_keys.h"
#include "config/recording_keys.h"
#include "config/tariff_keys.h"

namespace hotline::config {
namespace {

constexpr std::string_view kLevels[] = {"debug", "info", "warning", "error"};
constexpr std::string_view kFeatures[] = {"menu",      "queue",  "recording",
                                          "voicemail", "survey", "transfer"};
constexpr std::string_view kFirstMonth[] = {"exempt", "full", "by_day"};
constexpr std::string_view kHolidays[] = {"closed", "weekly"};
constexpr std::string_view kNumberFormats[] = {"as_written",    "national", "national_0",
                                               "national_bare", "e164",     "e164_bare"};

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
     .doc = "The database, the last accepted configuration (`config.good`), the versions before it "
            "(`history`) and the imported regions (`regions.csv`). An absolute path."},
    {.name = "control_socket",
     .fallback = "/run/hotline/control.sock",
     .bounds = {1, 107},
     .doc = "The Unix socket `hotlinectl` speaks to. An absolute path."},
    {.name = "metrics",
     .doc = "Where programs that watch the server may ask for `/metrics` (Prometheus), `/health` "
            "and `/ready`, by HTTP: `127.0.0.1:9400`. Absent: nowhere. Nobody is asked who he is "
            "there: keep it to this machine."},
    {.name = "realm",
     .fallback = "hotline",
     .bounds = {1, 64},
     .doc =
         "What phones that register (`user` of a [[phone]]) prove to know their password of. They "
         "may do so from any address."},
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

constexpr Key kNotice[] = {
    {.name = "command",
     .type = Type::texts,
     .bounds = {1, 64},
     .doc = "The program that tells people, by an absolute path, and its arguments. Each notice is "
            "one JSON object on its standard input; exit status 0 says that it was delivered. No "
            "shell reads it. Absent: notices wait in the database."},
    {.name = "timeout_s",
     .type = Type::whole,
     .fallback = 30,
     .bounds = {1, 600},
     .unit = "seconds",
     .doc = "How long it may take. Then it is killed, and the notice counts as not delivered."},
    {.name = "retry_s",
     .type = Type::whole,
     .fallback = 60,
     .bounds = {1, 21'600},
     .unit = "seconds",
     .doc = "How long after a failure it is run again; after each further one twice as long, six "
            "hours at most."},
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
    kPricePerMin,
    kIncrements,
    kSetupFee,
    kFree,
    kSteps,
    kRounding,
    kCallerFee,
    {.name = "rate",
     .type = Type::tables,
     .bounds = {0, 100},
     .doc = "Other tariffs at some hours or for callers of some regions, each as "
            "`[[package.NAME.rate]]` behind its package. The first that holds when a call arrives "
            "is the call's, to its end; if none does, the package's own is."},
    {.name = "year_price",
     .type = Type::money,
     .fallback = "0.00",
     .bounds = {0, 1'000'000'000},
     .unit = "yuan",
     .doc = "What has to be paid in before an account's first call; it is the account's to spend."},
    {.name = "renewal_fee",
     .type = Type::money,
     .fallback = "0.00",
     .bounds = {0, 1'000'000'000},
     .unit = "yuan",
     .doc = "Taken on each anniversary of the day an account became active."},
    {.name = "month_minimum",
     .type = Type::money,
     .fallback = "0.00",
     .bounds = {0, 1'000'000'000},
     .unit = "yuan",
     .doc = "What an account's calls of a month cost at least: the rest is taken when the month is "
            "over."},
    {.name = "first_month",
     .fallback = "exempt",
     .words = kFirstMonth,
     .doc = "What the month in which an account becomes active owes of that: nothing, all, or a "
            "share by its days."},
    {.name = "suspension_fee",
     .type = Type::money,
     .fallback = "0.00",
     .bounds = {0, 1'000'000'000},
     .unit = "yuan a day",
     .doc =
         "Taken at each midnight while an account is suspended, until it is below zero: then its "
         "numbers are reclaimed."},
    {.name = "line_fee",
     .type = Type::money,
     .fallback = "0.00",
     .bounds = {0, 1'000'000'000},
     .unit = "yuan a year",
     .doc = "Of each bound phone of a hotline beyond `phones_included`, taken for a year ahead."},
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
            "more of them. Of its `month_minimum`, `line_fee` and the like see docs/accounts.md."},
    {.name = "low_balance",
     .type = Type::money,
     .fallback = "50.00",
     .bounds = {0, 1'000'000'000},
     .unit = "yuan",
     .doc = "An account below it is `low`: it is told so, and routes may ask for it."},
    {.name = "call_max_s",
     .type = Type::whole,
     .fallback = 7200,
     .bounds = {1, 86400},
     .unit = "seconds",
     .doc = "The longest call."},
    {.name = "features",
     .type = Type::texts,
     .words = kFeatures,
     .doc = "What the package has of what is paid for: hotlines of it may use these alone. "
            "Absent: all."},
};

constexpr Key kPriceStep[] = {
    {.name = "from_s",
     .type = Type::whole,
     .required = true,
     .bounds = {1, billing::kLastStepS},
     .unit = "seconds",
     .doc = "From so much billed talk on (free seconds do not count). A unit has to begin there."},
    {.name = "price_per_min",
     .type = Type::money,
     .required = true,
     .bounds = {0, billing::kMostPriceLi},
     .unit = "yuan",
     .doc = "… this is the price of a minute."},
};

constexpr Key kRate[] = {
    {.name = "name", .required = true, .bounds = {1, 64}, .doc = "What records call it."},
    {.name = "schedule",
     .bounds = {1, 64},
     .doc = "Calls that arrive while it is open. Absent: at any time."},
    {.name = "region",
     .type = Type::text_or_texts,
     .doc = "Calls from one of these, named as in a route's `region`. Absent: from anywhere."},
    of_rate(kPricePerMin),
    of_rate(kIncrements),
    of_rate(kSetupFee),
    of_rate(kFree),
    of_rate(kSteps),
    of_rate(kRounding),
    of_rate(kCallerFee),
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
    {.name = "package",
     .doc = "The package its fees and its states follow. Needed where its hotlines have different "
            "ones."},
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

constexpr Key kService[] = {
    {.name = "price",
     .type = Type::money,
     .required = true,
     .bounds = {1, 1'000'000'000},
     .unit = "yuan",
     .doc = "What `hotlinectl account service` takes for it."},
    {.name = "from_balance",
     .type = Type::flag,
     .fallback = true,
     .doc =
         "Taken from the account's balance; `false`: paid for apart from it, the ledger shows the "
         "payment and the fee."},
};

constexpr Key kMonthCap[] = {kSpendCap, kCallsCap};

constexpr Key kRegion[] = {
    {.name = "overrides",
     .doc = "A CSV file that knows better where prefixes belong than the builtin and the imported "
            "table: `prefix,province,city,area_code,carrier`, a prefix being 3 to 7 digits of "
            "mobiles or an area code."},
};

constexpr Section kSections[] = {
    {File::platform, "server", Form::one, true, "The server itself.", kServer},
    {File::platform, "log", Form::one, false, "What it writes about itself.", kLog},
    {File::platform, "notice", Form::one, false,
     "How accounts' owners are told of low balances and the like. A reload changes it.", kNotice},
    {File::platform, "media", Form::one, false,
     "How audio goes. Read at the start, not at a reload.", kMedia},
    {File::platform, "recording", Form::one, false,
     "Where recordings are kept and how long. A reload changes it.", kRecording},
    {File::platform, "trunk", Form::many, false, "A carrier gateway.", kTrunk},
    {File::platform, "package", Form::named, false, "What an account has bought.", kPackage},
    {File::platform, "steps", Form::list, false, "The price of a minute further on in a call.",
     kPriceStep},
    {File::platform, "rate", Form::list, false,
     "Another tariff of a package, written `[[package.NAME.rate]]`. What it leaves out is the "
     "package's own.",
     kRate},
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
    {File::platform, "service", Form::named, false, "What an account may buy once.", kService},
    {File::platform, "region", Form::one, false, "Where callers are from.", kRegion},
};

}  // namespace

std::span<const Section> platform_sections() { return kSections; }

}  // namespace hotline::config
