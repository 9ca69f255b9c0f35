// A call record and its attempts as rows: the one place that knows both sides. The tables cdr and
// journal share the record's columns.
#pragma once

#include <string>
#include <string_view>

#include "hotline/billing/booked.h"
#include "hotline/cdr/note.h"
#include "hotline/cdr/past_call.h"
#include "hotline/cdr/record.h"
#include "hotline/cdr/summary.h"

#include "store/statement.h"

namespace hotline::store {

// The columns, in the order put_…() and read_…() take them.
inline constexpr std::string_view kRecordColumns =
    "id,trunk,caller_leg_id,phone_leg_id,account,hotline,caller_raw,caller_e164,province,city,"
    "area_code,carrier,presented,received_ms,first_ring_ms,answered_ms,ended_ms,ring_ms,talk_ms,"
    "billable_ms,billed_s,price_per_min_li,charge_li,released_by,cause,status,q850,evidence,"
    "answered_by,trace,calls,caller_kind,decided,asked,phone_province,tariff,rate,"
    "caller_fee_li,caller_audio,phone_audio,bridged_ms,menu,waited_ms,survey,recording";
inline constexpr std::string_view kPastColumns =
    "id,hotline,caller_raw,caller_e164,caller_kind,received_ms,cause,decided,asked,calls,"
    "coalesce((SELECT phone FROM attempt WHERE cdr_seq = seq AND n = 1), '')";
inline constexpr std::string_view kSummaryColumns =
    "account,hotline,CASE caller_e164 WHEN '' THEN caller_raw ELSE caller_e164 END,province,"
    "phone_province,received_ms,answered_ms,ended_ms,talk_ms,billed_s,charge_li,cause,calls,"
    "answered_by,survey";
inline constexpr std::string_view kAttemptColumns = "n,phone,started_ms,rang_ms,result,status";
// Of an entry, and the balance after it.
inline constexpr std::string_view kLedgerColumns =
    "id,kind,account,reference,amount_li,at_ms,by_whom,why,balance_after_li";

// Requires: the record outlives the run.
void put_record(Run& run, const cdr::Record& record);
void put_attempt(Run& run, int n, const cdr::Attempt& attempt);
void put_entry(Run& run, const billing::LedgerEntry& entry);  // all but the balance after it

// Errors: throws SQLite::Exception where a column holds what no hotlined writes.
cdr::Record read_record(Row& row);
cdr::Attempt read_attempt(Row& row);
// The columns of kPastColumns.
cdr::PastCall read_past_call(Row& row);
// The columns of kSummaryColumns.
cdr::Summary read_summary(Row& row);
void read_entry(Row& row, billing::Booked& booked);
billing::EntryKind entry_kind_from(const std::string& word);
cdr::NoteKind note_kind_from(const std::string& word);
cdr::AttemptResult attempt_result_from(const std::string& word);

}  // namespace hotline::store
