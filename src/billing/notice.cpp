#include "hotline/billing/notice.h"

#include <algorithm>

#include "hotline/base/contract.h"
#include "hotline/base/words.h"

namespace hotline::billing {
namespace {

constexpr Seconds kLongestWait{6 * 3600};

std::string id_of(NoticeKind kind, const std::string& account, const std::string& what) {
  return std::string(to_string(kind)) + ":" + account + ":" + what;
}

// "2026-11".
std::string month_text(WallTime at) { return to_text(day_of(at)).substr(0, 7); }

}  // namespace

std::string_view to_string(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::low_balance:
      return "low_balance";
    case NoticeKind::suspended:
      return "suspended";
    case NoticeKind::reclaimed:
      return "reclaimed";
    case NoticeKind::cap_reached:
      return "cap_reached";
    case NoticeKind::line_fee_due:
      return "line_fee_due";
    case NoticeKind::voicemail:
      return "voicemail";
  }
  HOTLINE_EXPECT(false);
  return {};
}

std::optional<NoticeKind> notice_kind_from_string(std::string_view word) {
  return from_word(word, NoticeKind::voicemail);
}

Notice balance_notice(NoticeKind kind, const std::string& account, Money balance, Money threshold,
                      WallTime at) {
  return {id_of(kind, account, std::to_string(at.time_since_epoch().count())),
          kind,
          account,
          at,
          {{"balance", balance.to_yuan()}, {"threshold", threshold.to_yuan()}}};
}

Notice line_fee_notice(const std::string& account, const std::string& hotline, std::uint32_t line,
                       Day due, Money fee, Money balance, WallTime at) {
  const std::string number = std::to_string(line);
  const std::string day = to_text(due);
  return {id_of(NoticeKind::line_fee_due, account, hotline + ":" + number + ":" + day),
          NoticeKind::line_fee_due,
          account,
          at,
          {{"hotline", hotline},
           {"line", number},
           {"due", day},
           {"fee", fee.to_yuan()},
           {"balance", balance.to_yuan()}}};
}

Notice cap_notice(const std::string& account, const ReachedCap& cap, WallTime at) {
  Notice notice;
  notice.id = id_of(NoticeKind::cap_reached, account, std::to_string(month_of(at)));
  notice.kind = NoticeKind::cap_reached;
  notice.account = account;
  notice.at = at;
  notice.facts = {{"month", month_text(at)}};
  if (!cap.hotline.empty()) {
    notice.id += ":" + cap.hotline;
    notice.facts.emplace_back("hotline", cap.hotline);
  }
  if (cap.spend) notice.facts.emplace_back("spend", cap.spend->to_yuan());
  if (cap.calls) notice.facts.emplace_back("calls", std::to_string(*cap.calls));
  return notice;
}

Notice voicemail_notice(const std::string& account, const std::string& hotline,
                        const std::string& call, const std::string& caller,
                        const std::string& recording, WallTime at) {
  return {id_of(NoticeKind::voicemail, account, call),
          NoticeKind::voicemail,
          account,
          at,
          {{"hotline", hotline}, {"call", call}, {"caller", caller}, {"recording", recording}}};
}

Seconds retry_after(std::uint32_t tries, Seconds first) {
  HOTLINE_EXPECT(tries >= 1);
  Seconds wait = first;
  for (std::uint32_t n = 1; n < tries && wait < kLongestWait; ++n) wait *= 2;
  return std::min(wait, kLongestWait);
}

}  // namespace hotline::billing
