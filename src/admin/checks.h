// What an admin may write: account names, payment references, filter texts. Asked by the HTTP
// interface and by hotlinectl.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::admin {

bool is_account_name(std::string_view text);
inline constexpr const char* kAccountNameRule = "1 to 64 of a-z 0-9 _ -";

// A payment's reference: UTF-8, no space at either end.
bool is_reference(std::string_view text);
inline constexpr const char* kReferenceRule =
    "1 to 128 printable characters that name this payment and no other";

// An amount to recharge.
// Errors: nullopt for what is no such amount.
std::optional<Money> parse_amount(std::string_view text);
inline constexpr const char* kAmountRule =
    "yuan with at most three decimals, more than 0 and at most 100000000: 100.00";

// An amount to adjust by: the same, or taken away.
std::optional<Money> parse_adjustment(std::string_view text);
inline constexpr const char* kAdjustmentRule =
    "yuan with at most three decimals, not 0 and at most 100000000 either way: -3.60";

// A number to look for.
bool is_number_filter(std::string_view text);
inline constexpr const char* kNumberFilterRule =
    "a number as it was dialled or received, 1 to 64 characters without spaces";

// The name of a phone to look for.
bool is_phone_filter(std::string_view text);
inline constexpr const char* kPhoneFilterRule =
    "a phone's name as records have it, 1 to 128 printable characters";

// What a province is called in records, or loosely.
// Requires: region::province_named() knows no such province.
std::string province_rule(std::string_view text);

// How a call turned out, or why it ended.
bool is_result_filter(std::string_view text);
inline constexpr const char* kResultFilterRule =
    "answered, unanswered, refused, or a release cause (no_answer, all_busy, closed, …)";

bool is_entry_kind(std::string_view text);
inline constexpr const char* kEntryKindRule = "a kind of entry, as ledger list shows them";

// "90s", "30m", "12h", "7d": at most ten years.
// Errors: nullopt for what is no such length of time.
std::optional<Seconds> parse_duration(std::string_view text);
inline constexpr const char* kDurationRule = "a length of time: 90s, 30m, 12h, 7d";

// Who did it, as others know that person.
bool is_person(std::string_view text);
inline constexpr const char* kPersonRule = "a name of 1 to 64 printable characters";

// A reason that a person gives, for others to read.
bool is_reason(std::string_view text);
inline constexpr const char* kReasonRule = "at most 128 printable characters";

// What is noted about a call.
bool is_note(std::string_view text);
inline constexpr const char* kNoteRule = "1 to 1000 printable characters";
inline constexpr const char* kNoteKindRule = "called_back, survey, recording or remark";

inline constexpr const char* kTimeRule =
    "a date (2026-01-31) or a time (2026-01-31T09:00:00+08:00)";  // see times.h

}  // namespace hotline::admin
