#include "ctl/columns.h"

namespace hotline::ctl {
namespace {

using cdr::Filed;

std::string attempts_of(const cdr::Record& record) {
  std::string text;
  for (const cdr::Attempt& attempt : record.attempts) {
    if (!text.empty()) text += "; ";
    text += attempt.phone;
    text += ' ';
    text += to_string(attempt.result);
    text += ' ' + std::to_string(attempt.status) + ' ' + std::to_string(attempt.rang.count());
    text += "ms";
  }
  return text;
}

std::string trace_of(const cdr::Record& record) {
  std::string_view rest = record.trace;
  while (rest.ends_with('\n')) rest.remove_suffix(1);
  std::string line;
  for (const char c : rest) {
    if (c == '\n') {
      line += "; ";
    } else {
      line += c;
    }
  }
  return line;
}

constexpr FileColumn<Filed> kCdrColumns[] = {
    {"seq", "序号", 10,
     [](const Filed& f, Cells& to) { to.number(static_cast<std::int64_t>(f.seq)); }},
    {"id", "通话编号", 38, [](const Filed& f, Cells& to) { to.word(f.record.id.to_string()); }},
    {"trunk", "中继", 10, [](const Filed& f, Cells& to) { to.text(f.record.trunk); }},
    {"caller_leg_id", "主叫侧Call-ID", 24,
     [](const Filed& f, Cells& to) { to.text(f.record.caller_leg_id); }},
    {"phone_leg_id", "接听侧Call-ID", 24,
     [](const Filed& f, Cells& to) { to.text(f.record.phone_leg_id); }},
    {"account", "客户账户", 14, [](const Filed& f, Cells& to) { to.text(f.record.account); }},
    {"hotline", "400号码", 13, [](const Filed& f, Cells& to) { to.text(f.record.hotline); }},
    {"caller_raw", "主叫号码(原始)", 17,
     [](const Filed& f, Cells& to) { to.text(f.record.caller_raw); }},
    {"caller_e164", "主叫号码", 17,
     [](const Filed& f, Cells& to) { to.text(f.record.caller_e164); }},
    {"province", "主叫省份", 10, [](const Filed& f, Cells& to) { to.text(f.record.province); }},
    {"city", "主叫城市", 10, [](const Filed& f, Cells& to) { to.text(f.record.city); }},
    {"area_code", "主叫区号", 9, [](const Filed& f, Cells& to) { to.text(f.record.area_code); }},
    {"carrier", "主叫运营商", 10, [](const Filed& f, Cells& to) { to.text(f.record.carrier); }},
    {"presented", "来电显示", 17, [](const Filed& f, Cells& to) { to.text(f.record.presented); }},
    {"received", "呼入时间", 23, [](const Filed& f, Cells& to) { to.time(f.record.received); }},
    {"first_ring", "振铃时间", 23, [](const Filed& f, Cells& to) { to.time(f.record.first_ring); }},
    {"answered", "应答时间", 23, [](const Filed& f, Cells& to) { to.time(f.record.answered); }},
    {"ended", "结束时间", 23, [](const Filed& f, Cells& to) { to.time(f.record.ended); }},
    {"ring_ms", "振铃时长(毫秒)", 14,
     [](const Filed& f, Cells& to) { to.number(f.record.ring.count()); }},
    {"talk_ms", "通话时长(毫秒)", 14,
     [](const Filed& f, Cells& to) { to.number(f.record.talk.count()); }},
    {"billable_ms", "可计费时长(毫秒)", 16,
     [](const Filed& f, Cells& to) { to.number(f.record.billable.count()); }},
    {"billed_s", "计费时长(秒)", 12,
     [](const Filed& f, Cells& to) { to.number(f.record.billed.count()); }},
    {"price_per_min", "单价(元/分钟)", 13,
     [](const Filed& f, Cells& to) { to.money(f.record.price_per_min); }},
    {"tariff", "资费", 24, [](const Filed& f, Cells& to) { to.text(f.record.tariff); }},
    {"rate", "资费时段", 12, [](const Filed& f, Cells& to) { to.text(f.record.rate); }},
    {"charge", "通话费(元)", 11, [](const Filed& f, Cells& to) { to.money(f.record.charge); }},
    {"caller_fee", "主叫话费(元)", 12,
     [](const Filed& f, Cells& to) { to.money(f.record.caller_fee); }},
    {"release_by", "结束方", 10,
     [](const Filed& f, Cells& to) { to.word(to_string(f.record.release.by)); }},
    {"release_cause", "结束原因", 16,
     [](const Filed& f, Cells& to) { to.word(to_string(f.record.release.cause)); }},
    {"release_status", "SIP状态码", 10,
     [](const Filed& f, Cells& to) { to.number(f.record.release.status); }},
    {"release_q850", "Q.850原因值", 11,
     [](const Filed& f, Cells& to) { to.number(f.record.release.q850); }},
    {"evidence", "结束依据", 9,
     [](const Filed& f, Cells& to) { to.word(to_string(f.record.evidence)); }},
    {"answered_by", "接听号码", 14,
     [](const Filed& f, Cells& to) { to.text(f.record.answered_by); }},
    {"phone_province", "接听省份", 10,
     [](const Filed& f, Cells& to) { to.text(f.record.phone_province); }},
    {"caller_audio", "主叫侧媒体", 24,
     [](const Filed& f, Cells& to) { to.text(f.record.caller_audio); }},
    {"phone_audio", "接听侧媒体", 24,
     [](const Filed& f, Cells& to) { to.text(f.record.phone_audio); }},
    {"bridged", "接通座席时间", 23, [](const Filed& f, Cells& to) { to.time(f.record.bridged); }},
    {"menu", "菜单按键", 16, [](const Filed& f, Cells& to) { to.text(f.record.menu); }},
    {"waited_ms", "排队时长(毫秒)", 12,
     [](const Filed& f, Cells& to) { to.number(f.record.waited.count()); }},
    {"survey", "满意度", 8,
     [](const Filed& f, Cells& to) {
       if (f.record.survey == 0) return to.text("");
       to.number(f.record.survey);
     }},
    {"recording", "录音文件", 40, [](const Filed& f, Cells& to) { to.text(f.record.recording); }},
    {"calls", "呼叫数", 8, [](const Filed& f, Cells& to) { to.number(f.record.calls); }},
    {"attempts", "呼叫尝试", 40, [](const Filed& f, Cells& to) { to.text(attempts_of(f.record)); }},
    {"trace", "判定依据", 60, [](const Filed& f, Cells& to) { to.text(trace_of(f.record)); }},
};

using billing::Booked;

constexpr FileColumn<Booked> kLedgerColumns[] = {
    {"seq", "序号", 10,
     [](const Booked& b, Cells& to) { to.number(static_cast<std::int64_t>(b.seq)); }},
    {"id", "流水号", 48, [](const Booked& b, Cells& to) { to.text(b.entry.id); }},
    {"at", "时间", 23, [](const Booked& b, Cells& to) { to.time(b.entry.at); }},
    {"account", "客户账户", 14, [](const Booked& b, Cells& to) { to.text(b.entry.account); }},
    {"kind", "类型", 14, [](const Booked& b, Cells& to) { to.word(to_string(b.entry.kind)); }},
    {"amount", "金额(元)", 14, [](const Booked& b, Cells& to) { to.money(b.entry.amount); }},
    {"balance_after", "余额(元)", 14,
     [](const Booked& b, Cells& to) { to.money(b.balance_after); }},
    {"reference", "凭证号", 38, [](const Booked& b, Cells& to) { to.text(b.entry.reference); }},
    {"by", "经办人", 12, [](const Booked& b, Cells& to) { to.text(b.entry.by); }},
    {"why", "事由", 24, [](const Booked& b, Cells& to) { to.text(b.entry.why); }},
};

}  // namespace

std::span<const FileColumn<cdr::Filed>> cdr_columns() { return kCdrColumns; }
std::span<const FileColumn<billing::Booked>> ledger_columns() { return kLedgerColumns; }

}  // namespace hotline::ctl
