// The keys of [media]: whether audio comes through here, and what is heard.
#pragma once

#include "config/keys.h"

namespace hotline::config {

inline constexpr std::string_view kMediaModes[] = {"direct", "relay"};

inline constexpr Key kMedia[] = {
    {.name = "mode",
     .fallback = "direct",
     .words = kMediaModes,
     .doc =
         "`direct`: callers and phones send audio to each other, we never see it. `relay`: it goes "
         "through this server, at the first address of each version in `listen`."},
    {.name = "rtp_ports",
     .type = Type::whole_pair,
     .bounds = {1024, 65'535},
     .doc =
         "The first and the last UDP port for audio, `[20000, 29999]` where absent; each side of "
         "a call needs two. A call that would find none is refused as `overload`."},
    {.name = "ringback",
     .doc =
         "What callers hear while phones ring (彩铃), where `mode` is `relay`: a WAV file of this "
         "directory, `tone` (450 Hz, one second on, four off) or `none`: their own carrier's "
         "ringing. A hotline's, a group's and a phone's own come before it."},
    {.name = "confirm_prompt",
     .fallback = "prompts/press_1_to_accept.wav",
     .doc =
         "What a phone with `confirm_s` hears until it presses 1: a WAV file of this directory."},
    {.name = "announcements",
     .type = Type::text_table,
     .doc =
         "What a caller is told before it is refused, where `mode` is `relay`: "
         "`{ closed = \"prompts/closed.wav\" }`, by the word of the refusal (docs/cdr.md). It is "
         "played as early media, once; then the refusal is sent with its own code. A hotline's "
         "own come before it; `none`: nothing is said."},
    {.name = "silence_s",
     .type = Type::whole,
     .fallback = 30,
     .bounds = {5, 3600},
     .unit = "seconds",
     .doc = "A call is ended as `media_lost` when nothing has come from either side for so long, "
            "unless one is on hold; it is billed until the last word."},
    {.name = "hold_music",
     .doc = "What a caller hears while its call is passed on to another phone, where `mode` is "
            "`relay`: a WAV file of this directory, `tone` (also where absent) or `none`. A "
            "hotline's own comes before it."},
    {.name = "credit_tone",
     .type = Type::flag,
     .fallback = true,
     .doc = "Both sides hear a short tone half a minute before a call ends because the account's "
            "money does, where `mode` is `relay`."},
    {.name = "realtime_priority",
     .type = Type::whole,
     .fallback = 0,
     .bounds = {0, 99},
     .doc = "The priority of the thread that audio goes through, before all programs that have "
            "none (SCHED_RR). 0: none; others need `LimitRTPRIO=` of the service, or "
            "CAP_SYS_NICE."},
};

}  // namespace hotline::config
