#include "ctl/cdr_csv.h"

#include <algorithm>
#include <string_view>

#include "ctl/csv.h"

namespace hotline::ctl {
namespace {

using admin::Json;

// Ours: numbers, times, ids and words of closed sets, which no spreadsheet misreads.
std::string own(const Json& value) {
  if (value.is_null()) return {};
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string outside(const Json& value) { return csv_text(value.get_ref<const std::string&>()); }

std::string trace_lines(const Json& value) {
  std::string text = value.get<std::string>();
  while (text.ends_with('\n')) text.pop_back();
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) {
    text.replace(at, 1, "; ");
  }
  return csv_text(text);
}

// "desk busy 486 3200ms; li answered 200 5100ms"
std::string attempts(const Json& value) {
  std::string text;
  for (const Json& attempt : value) {
    if (!text.empty()) text += "; ";
    text += own(attempt.at("phone")) + ' ' + own(attempt.at("result")) + ' ' +
            own(attempt.at("status")) + ' ' + own(attempt.at("rang_ms")) + "ms";
  }
  return csv_text(text);
}

struct Column {
  const char* title;
  const char* place;  // JSON pointer into the record
  std::string (*cell)(const Json&);
};

constexpr Column kColumns[] = {
    {"seq", "/seq", own},
    {"id", "/id", own},
    {"trunk", "/trunk", outside},
    {"caller_leg_id", "/caller_leg_id", outside},
    {"phone_leg_id", "/phone_leg_id", outside},
    {"account", "/account", outside},
    {"hotline", "/hotline", outside},
    {"caller_raw", "/caller_raw", outside},
    {"caller_e164", "/caller_e164", outside},
    {"province", "/province", outside},
    {"city", "/city", outside},
    {"area_code", "/area_code", outside},
    {"carrier", "/carrier", outside},
    {"presented", "/presented", outside},
    {"received", "/received", own},
    {"first_ring", "/first_ring", own},
    {"answered", "/answered", own},
    {"ended", "/ended", own},
    {"ring_ms", "/ring_ms", own},
    {"talk_ms", "/talk_ms", own},
    {"billable_ms", "/billable_ms", own},
    {"billed_s", "/billed_s", own},
    {"price_per_min", "/price_per_min", own},
    {"charge", "/charge", own},
    {"release_by", "/release/by", own},
    {"release_cause", "/release/cause", own},
    {"release_status", "/release/status", own},
    {"release_q850", "/release/q850", own},
    {"evidence", "/evidence", own},
    {"answered_by", "/answered_by", outside},
    {"calls", "/calls", own},
    {"attempts", "/attempts", attempts},
    {"trace", "/trace", trace_lines},
    {"tariff", "/tariff", own},
    {"rate", "/rate", outside},
    {"caller_fee", "/caller_fee", own},
};

}  // namespace

std::string cdr_csv_header() {
  std::vector<std::string> titles;
  for (const Column& column : kColumns) titles.emplace_back(column.title);
  return csv_line(titles);
}

std::string cdr_csv_line(const admin::Json& record) {
  std::vector<std::string> cells;
  for (const Column& column : kColumns) {
    cells.push_back(column.cell(record.at(Json::json_pointer(column.place))));
  }
  return csv_line(cells);
}

}  // namespace hotline::ctl
