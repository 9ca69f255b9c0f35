// The declarations of hotlines/*.toml. A key stands here only if it has an effect.

#include "hotline/number/number.h"

#include "config/cap_keys.h"
#include "config/keys.h"

namespace hotline::config {
namespace {

constexpr std::string_view kPresent[] = {"caller", "hotline"};
constexpr std::string_view kEarlyMedia[] = {"none", "phone"};
constexpr std::string_view kAnnounce[] = {"early", "answered"};
constexpr std::string_view kRing[] = {"sequence",     "parallel",     "staged",
                                      "round_robin",  "random",       "weighted",
                                      "least_recent", "fewest_calls", "longest_idle"};
constexpr std::string_view kCarriers[] = {"移动", "联通", "电信", "广电", "unknown"};
constexpr std::string_view kAccountStates[] = {"active", "low", "suspended"};

constexpr Key kMonthCap[] = {
    kSpendCap,
    kCallsCap,
    {.name = "then",
     .fallback = "refuse:cap_reached",
     .doc = "Where calls go then: as `on_busy` of a group."},
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
    {.name = "ringback",
     .doc =
         "What the caller hears while phones ring: a WAV file, `tone` or `none`, as `ringback` of "
         "[media]. Not with `early_media = \"phone\"`."},
    {.name = "announcements",
     .type = Type::text_table,
     .doc = "What a caller is told before it is refused, as `announcements` of [media]."},
    {.name = "whisper",
     .doc = "What a phone hears once when it has answered, before it hears its caller, who hears "
            "the ringing until then and is not charged: a WAV file or `none`. A group's own comes "
            "before it. Needs `media.mode = \"relay\"`."},
    {.name = "transfer",
     .fallback = "phones",
     .doc = "Whom a phone may pass its caller on to (SIP REFER): `none`: nobody; `phones`: this "
            "hotline's phones, by name or number; `trunk:NAME`: any number through that trunk, "
            "too. Needs `media.mode = \"relay\"`."},
    {.name = "hold_music",
     .doc = "What the caller hears while its call is passed on, as `hold_music` of [media]."},
    {.name = "survey",
     .doc = "What the caller is asked when the phone has hung up: a WAV file. It presses 1 to 5, "
            "which the record has; it pays until it is hung up. Absent: nothing."},
    {.name = "survey_thanks", .doc = "What is said to a caller who has pressed a key."},
    {.name = "announce",
     .fallback = "early",
     .words = kAnnounce,
     .doc = "How announcements are heard: `early`, before the refusal and for nothing, where the "
            "caller's carrier lets that through; `answered`, as a call that is answered, paid for "
            "and then hung up, where the account can pay."},
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
    {.name = "record",
     .type = Type::flag,
     .fallback = false,
     .doc = "All calls that a phone takes are recorded, docs/recording.md. Needs `media.mode = "
            "\"relay\"`, and the package's feature `recording`."},
    {.name = "record_callers",
     .type = Type::texts,
     .doc = "Caller lists whose calls are recorded, where `record` is false."},
    {.name = "record_notice",
     .doc = "What caller and phone hear before each other, where a call is recorded: a WAV file. "
            "Absent: nothing."},
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
    {.name = "user",
     .bounds = {1, 64},
     .doc =
         "Instead of those: a SIP phone that says itself where it is (REGISTER), as this user of "
         "`realm` in [server]."},
    {.name = "password_file",
     .doc = "The file whose first line is the password of `user`, readable by us alone."},
    {.name = "confirm_s",
     .type = Type::whole,
     .fallback = 0,
     .bounds = {0, 60},
     .unit = "seconds",
     .doc =
         "Who answers this phone hears `confirm_prompt` of [media] and has so long to press 1; "
         "until then other phones ring on, the caller is not answered and nothing is charged. 0: "
         "whoever answers has the call. Needs `media.mode = \"relay\"`."},
    {.name = "ringback", .doc = "What the caller hears while it rings."},
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
    {.name = "ringback", .doc = "What the caller hears while its phones ring."},
    {.name = "whisper", .doc = "What a phone of it hears before it hears its caller."},
    {.name = "record",
     .type = Type::flag,
     .fallback = false,
     .doc = "The calls that its phones take are recorded, as with `record` of [hotline]."},
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
     .doc = "Where a call goes when all are busy or paused: `group:NAME`, `queue:NAME`, "
            "`menu:NAME`, `voicemail:NAME`, `phone:NAME`, `hotline:NUMBER/GROUP`, "
            "`number:TRUNK/NUMBER` or `refuse:REASON`. Never in a circle."},
    {.name = "on_no_answer",
     .fallback = "refuse:no_answer",
     .doc = "The same when nobody answers or can be reached."},
    {.name = "on_closed",
     .fallback = "refuse:closed",
     .doc = "The same when the schedules of all its phones are closed."},
};

constexpr Key kMenu[] = {
    {.name = "prompt",
     .required = true,
     .doc = "What the caller hears: a WAV file. It is answered for it, and pays from there. Who "
            "cannot hear us (`media.mode` is `direct`, or no PCMA nor PCMU offered) goes to "
            "`otherwise`."},
    {.name = "keys",
     .type = Type::text_table,
     .required = true,
     .doc = "Where keys lead: `{ 1 = \"group:sales\", 2 = \"menu:support\", 801 = \"phone:li\", "
            "\"*\" = \"repeat\" }`. Several keys are an extension. A target as with a route, or "
            "`repeat`: the prompt again."},
    {.name = "otherwise",
     .required = true,
     .doc = "Where a call goes whose caller has chosen nothing in the end; as `on_busy` of a "
            "group."},
    {.name = "wrong_key", .doc = "What is said before the prompt when nothing has such keys."},
    {.name = "ringback", .doc = "What the caller hears while phones ring that it chose here."},
    {.name = "timeout_s",
     .type = Type::whole,
     .fallback = 5,
     .bounds = {1, 60},
     .unit = "seconds",
     .doc = "From the prompt's end to the first key."},
    {.name = "key_gap_s",
     .type = Type::whole,
     .fallback = 3,
     .bounds = {1, 20},
     .unit = "seconds",
     .doc = "Between two keys of an extension; `#` ends it sooner."},
    {.name = "tries",
     .type = Type::whole,
     .fallback = 3,
     .bounds = {1, 10},
     .doc = "How often the prompt is said to a caller who presses nothing, or wrong keys."},
    {.name = "barge_in",
     .type = Type::flag,
     .fallback = true,
     .doc = "Keys count while the prompt is heard, and end it."},
};

constexpr Key kQueue[] = {
    {.name = "group", .required = true, .bounds = {1, 64}, .doc = "Whose phones are waited for."},
    {.name = "answer",
     .type = Type::flag,
     .fallback = true,
     .doc = "The caller is answered while it waits, and pays from there. `false`: it hears the "
            "music before an answer, for nothing, and waits `hunt_max_s` at most."},
    {.name = "music",
     .fallback = "prompts/default.wav",
     .doc = "What the caller hears while it waits: a WAV file, or `tone`."},
    {.name = "announcement",
     .doc = "What is said behind the position, or alone, when the waiting begins and again after "
            "`announce_s` of music."},
    {.name = "position",
     .type = Type::flag,
     .fallback = true,
     .doc = "Says how many callers go before, in Chinese, from the pieces in `prompts/piece` and "
            "`prompts/number`."},
    {.name = "waiting_time",
     .type = Type::flag,
     .fallback = false,
     .doc = "Says behind the position how many minutes it may still take, from how fast phones "
            "took the last callers who had to wait. Nothing is said while nobody has in the last "
            "hour."},
    {.name = "announce_s",
     .type = Type::whole,
     .fallback = 30,
     .bounds = {0, 600},
     .unit = "seconds",
     .doc = "How long music is heard before that is said again. 0: it is said once, when the "
            "waiting begins."},
    {.name = "max_wait_s",
     .type = Type::whole,
     .fallback = 300,
     .bounds = {1, 3600},
     .unit = "seconds",
     .doc = "The longest wait."},
    {.name = "max_waiting",
     .type = Type::whole,
     .fallback = 20,
     .bounds = {1, 10'000},
     .unit = "callers",
     .doc = "So many may wait at once."},
    {.name = "retry_s",
     .type = Type::whole,
     .fallback = 10,
     .bounds = {1, 600},
     .unit = "seconds",
     .doc = "A phone that did not take a call is not rung for the queue again for so long."},
    {.name = "first",
     .type = Type::texts,
     .doc = "Caller lists whose callers go before all others."},
    {.name = "keys",
     .type = Type::text_table,
     .doc = "Keys that lead out of the queue, one each: `{ 1 = \"group:desk\" }`."},
    {.name = "on_full",
     .fallback = "refuse:all_busy",
     .doc = "Where a call goes for which there is no room; as `on_busy` of a group."},
    {.name = "on_timeout",
     .fallback = "refuse:no_answer",
     .doc = "Where a call goes that has waited `max_wait_s`."},
};

constexpr Key kVoicemail[] = {
    {.name = "prompt",
     .fallback = "prompts/voicemail.wav",
     .doc =
         "What the caller hears before the beep. It is answered for it, and pays from there. Who "
         "cannot hear us is refused as `no_answer`."},
    {.name = "max_s",
     .type = Type::whole,
     .fallback = 120,
     .bounds = {5, 600},
     .unit = "seconds",
     .doc = "The longest message; `#` ends it sooner."},
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
     .doc = "`group:NAME`, `menu:NAME`, `queue:NAME`, `voicemail:NAME`, `phone:NAME`, "
            "`routes:NAME` (a route set; "
            "what it does not take goes on with the next route), `hotline:NUMBER/GROUP` (of the "
            "same account), `number:TRUNK/NUMBER` or `refuse:REASON`."},
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
     .words = number::kKindWords,
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
     .doc = "How the account stands: `low` has less than its package's `low_balance`, see "
            "docs/accounts.md."},
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

constexpr Key kOtherwise[] = {
    {.name = "to", .required = true, .doc = "As with a route, but for `routes:`: calls end here."},
};

constexpr Section kSections[] = {
    {File::hotline, "hotline", Form::one, true, "The hotline and who pays for it.", kHotline},
    {File::hotline, "month_cap", Form::inner, false, "What the hotline may cost in a month.",
     kMonthCap},
    {File::hotline, "phone", Form::many, false, "A bound phone; at most 20.", kPhone},
    {File::hotline, "group", Form::many, false, "Phones and how they ring.", kGroup},
    {File::hotline, "menu", Form::named, false,
     "A menu: the caller is asked for a key. Calls get there by `menu:NAME`.", kMenu},
    {File::hotline, "queue", Form::named, false,
     "Where callers wait for a phone. Calls get there by `queue:NAME`.", kQueue},
    {File::hotline, "voicemail", Form::named, false,
     "A box for messages, kept as recordings are. Calls get there by `voicemail:NAME`.",
     kVoicemail},
    {File::hotline, "route", Form::many, false,
     "Where a call goes: the first route that holds, in the order written.", kRoute},
    {File::hotline, "when", Form::inner, false, "The condition of a route: every key has to hold.",
     kWhen},
    {File::hotline, "otherwise", Form::one, true, "Where a call goes that no route takes.",
     kOtherwise},
};

}  // namespace

std::span<const Section> hotline_sections() { return kSections; }

}  // namespace hotline::config
