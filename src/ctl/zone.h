// The zone in which an export's days begin and its times are written.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "admin/times.h"
#include "ctl/session.h"

namespace hotline::ctl {

// "+08:00", "-05:30", "Z". Errors: nullopt for anything else.
std::optional<std::chrono::minutes> parse_zone(const std::string& text);
inline constexpr const char* kZoneRule = "an offset from UTC: +08:00";

// The offset that all schedules of a hotline's routes and phones have in the configuration in the
// directory; China's where they have none, or not the same, or the configuration does not load.
std::chrono::minutes zone_of_hotline(Session& session, const std::string& number);

// A date as the instant at which it begins, or ends, in that zone; an instant as it is.
// Requires: what admin::parse_time() reads, or nothing, which stays nothing.
std::string in_zone(const std::string& date, admin::Edge edge, std::chrono::minutes zone);

}  // namespace hotline::ctl
