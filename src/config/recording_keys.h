// The keys of [recording]: where recordings are kept and how long. Its defaults hold, too, where
// there is no such section.
#pragma once

#include "config/keys.h"

namespace hotline::config {

inline constexpr std::string_view kRecordingsDirectory = "recordings";
inline constexpr std::string_view kRecordingName = "{date}/{hotline}/{time}-{call}.wav";
inline constexpr std::int64_t kRecordingDays = 180;
inline constexpr std::int64_t kRecordingFreeMb = 1000;

inline constexpr Key kRecording[] = {
    {.name = "directory",
     .fallback = kRecordingsDirectory,
     .doc = "Where recordings are: a path below `state_dir`, or an absolute one. Where it changes, "
            "what was recorded before stays where it is, and is kept there for ever."},
    {.name = "name",
     .fallback = kRecordingName,
     .doc = "What each is called there. `{date}` and `{time}` are those of its begin, in China's "
            "time; there are `{hotline}`, `{call}` (the record's id, which has to be in it), "
            "`{caller}` and `{phone}`, too."},
    {.name = "retention_days",
     .type = Type::whole,
     .fallback = kRecordingDays,
     .bounds = {0, 36'500},
     .unit = "days",
     .doc = "Older ones are removed. 0: none is."},
    {.name = "max_mb",
     .type = Type::whole,
     .fallback = 0,
     .bounds = {0, 1'000'000'000},
     .unit = "MB",
     .doc =
         "Where all of them have more, the oldest are removed. An hour of talk has 115 MB. 0: no "
         "limit."},
    {.name = "min_free_mb",
     .type = Type::whole,
     .fallback = kRecordingFreeMb,
     .bounds = {0, 1'000'000'000},
     .unit = "MB",
     .doc = "Where their disk has less left, the oldest are removed; and nothing is recorded while "
            "that does not help."},
};

}  // namespace hotline::config
