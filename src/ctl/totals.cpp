#include "ctl/totals.h"

namespace hotline::ctl {

std::string to_text(const Total& total) {
  const auto* money = std::get_if<Money>(&total.value);
  return money ? money->to_yuan() : std::to_string(std::get<std::int64_t>(total.value));
}

void CdrTotals::add(const cdr::Filed& filed) {
  ++rows_;
  calls_ += filed.record.calls;
  talk_ms_ += filed.record.talk.count();
  billed_s_ += filed.record.billed.count();
  charge_ += filed.record.charge;
}

std::vector<Total> CdrTotals::list() const {
  return {{"rows", "行数", rows_},
          {"calls", "呼叫数", calls_},
          {"talk_ms", "通话时长(毫秒)", talk_ms_},
          {"billed_s", "计费时长(秒)", billed_s_},
          {"charge", "通话费(元)", charge_}};
}

void LedgerTotals::add(const billing::Booked& booked) {
  ++rows_;
  const Money amount = booked.entry.amount;
  if (amount < Money()) {
    out_ -= amount;
  } else {
    in_ += amount;
  }
}

std::vector<Total> LedgerTotals::list() const {
  return {{"rows", "行数", rows_},
          {"in", "收入(元)", in_},
          {"out", "支出(元)", out_},
          {"net", "净额(元)", in_ - out_}};
}

}  // namespace hotline::ctl
