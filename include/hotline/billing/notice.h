// What the owner of an account has to be told: that its money runs short, that it is suspended,
// what falls due. Durable with what brought it about; told by whatever the server's owner has for
// that, at least once and under the same id each time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hotline/base/calendar.h"
#include "hotline/base/money.h"
#include "hotline/base/time.h"

namespace hotline::billing {

enum class NoticeKind : std::uint8_t {
  low_balance,   // the balance fell below the package's low_balance
  suspended,     // below its min_balance
  reclaimed,     // the daily job found a suspended account below zero
  cap_reached,   // the first call in a month beyond a month_cap
  line_fee_due,  // the year of a further line ends in kToldBefore
  voicemail,     // a caller has left a message
};
std::string_view to_string(NoticeKind kind);
std::optional<NoticeKind> notice_kind_from_string(std::string_view word);

// How long before its fee is due a further line's owner is told.
inline constexpr std::chrono::days kToldBefore{30};

// What it says beside its kind: names and values, money in yuan with three decimals.
using Facts = std::vector<std::pair<std::string, std::string>>;

struct Notice {
  std::string id;  // unique for ever; a second notice of the same id is none
  NoticeKind kind = NoticeKind::low_balance;
  std::string account;
  WallTime at{};
  Facts facts;

  friend bool operator==(const Notice&, const Notice&) = default;
};

// Of the kinds that are about a balance.
Notice balance_notice(NoticeKind kind, const std::string& account, Money balance, Money threshold,
                      WallTime at);
// The year that is paid for ends as day `due` begins.
Notice line_fee_notice(const std::string& account, const std::string& hotline, std::uint32_t line,
                       Day due, Money fee, Money balance, WallTime at);
// `hotline`: whose cap it is; empty: the account's.
struct ReachedCap {
  std::string hotline;
  std::optional<Money> spend;
  std::optional<std::uint64_t> calls;
};
Notice cap_notice(const std::string& account, const ReachedCap& cap, WallTime at);

// `recording`: the file, below the directory of recordings.
Notice voicemail_notice(const std::string& account, const std::string& hotline,
                        const std::string& call, const std::string& caller,
                        const std::string& recording, WallTime at);

// How long to wait after so many tries that failed: twice as long each time, six hours at most.
// Requires: tries ≥ 1.
Seconds retry_after(std::uint32_t tries, Seconds first);

// A notice as the store keeps it.
struct KeptNotice {
  std::uint64_t seq = 0;  // from 1, in the order they became durable
  Notice notice;
  std::optional<WallTime> sent;  // when it was delivered last
  std::optional<WallTime> next;  // it waits to be delivered, not before then; nullopt: it does not
  std::uint32_t tries = 0;       // to deliver it, since that was last asked for
  std::string error;             // of the last try
};

// Which of them somebody asks for, a page at a time. All that is present must hold; empty text asks
// nothing.
struct NoticeQuery {
  std::optional<WallTime> from;  // dated at or after
  std::optional<WallTime> to;    // dated before
  std::string account;
  bool pending = false;         // only those that wait to be delivered
  std::uint64_t after_seq = 0;  // the last one of the page before, in the order asked; 0: none
  std::size_t limit = 100;      // notices of one page
  bool newest_first = false;
};

}  // namespace hotline::billing
