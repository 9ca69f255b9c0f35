// What an admin may ask of the server: one struct a request, all closed in a variant. The HTTP
// side reads them (read_ask.cpp), a Desk answers them (desk.h).
//
//   GET  /status                       GetStatus
//   POST /reload                       Reload           {"skip_bad": true} and
//                                                       {"dry_run": true}, either, both
//                                                       or nothing
//   GET  /accounts                     ListAccounts
//   POST /accounts                     OpenAccount      {"name": "acme"}
//   GET  /accounts/NAME                ShowAccount
//   POST /accounts/NAME/recharge       Recharge         {"amount": "100.00", "reference": "…"}
//   POST /accounts/NAME/adjust         Adjust           {"amount": "-3.60", "reference": "…",
//                                                       "why": "…", "by": "wang"}
//   POST /accounts/NAME/service        BuyService       {"service": "courier", "reference": "…",
//                                                       "by": "wang"}
//   POST /accounts/NAME/close          CloseAccount     {"why": "…", "by": "wang"}
//   POST /accounts/NAME/reinstate      ReinstateAccount {"why": "…", "by": "wang"}
//   GET  /accounts/NAME/history        ShowHistory
//   GET  /calls                        ListCalls
//   GET  /calls/ID                     ShowCall
//   DELETE /calls/ID                   HangUpCall
//   GET  /phones                       ListPhones
//   POST /phones/pause                 PausePhone       {"hotline": "…", "phone": "…",
//                                                       "for": "30m", "why": "…"}; for: or ""
//   POST /phones/resume                ResumePhone      {"hotline": "…", "phone": "…"}
//   GET  /callers                      ListBlocks
//   POST /callers/block                BlockCaller      {"caller": "…", "for": "1d", "why": "…"}
//   POST /callers/lift                 LiftBlock        {"caller": "…"}
//   GET  /cdrs?…                       ListCdrs         from to hotline account caller
//                                                       caller_province phone_province result
//                                                       phone rang order after_seq limit
//   GET  /cdrs/ID                      ShowCdr
//   POST /cdrs/ID/notes                AddNote          {"kind": "called_back", "text": "…",
//                                                       "by": "wang"}
//   GET  /ledger?…                     ListLedger       from to account kind order after_seq
//                                                       limit
//   GET  /notices?…                    ListNotices      from to account pending order after_seq
//                                                       limit
//   POST /notices/SEQ/resend           ResendNotice
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <tl/expected.hpp>

#include "hotline/base/ids.h"
#include "hotline/base/money.h"
#include "hotline/billing/booked.h"
#include "hotline/billing/notice.h"
#include "hotline/cdr/note.h"
#include "hotline/cdr/query.h"

#include "admin/answer.h"

namespace hotline::admin {

struct GetStatus {};
struct Reload {
  bool skip_bad = false;               // leave bad lines of caller lists' files out
  bool dry_run = false;                // only say what would change
  std::optional<std::uint32_t> uid{};  // whose wish it is, by the socket
};
struct ListAccounts {};
struct ShowAccount {
  std::string name;
};
struct OpenAccount {
  std::string name;
};
struct Recharge {
  std::string account;
  Money amount;  // more than nothing
  std::string reference;
};
struct Adjust {
  std::string account;
  Money amount;  // not nothing
  std::string reference;
  std::string why;
  std::string by;
};
struct BuyService {
  std::string account;
  std::string service;
  std::string reference;
  std::string by;
};
struct CloseAccount {
  std::string account;
  std::string why;
  std::string by;
};
struct ReinstateAccount {
  std::string account;
  std::string why;
  std::string by;
};
struct ShowHistory {
  std::string name;
};
struct ListCalls {};
struct ShowCall {
  CallId id;
};
struct HangUpCall {
  CallId id;
};
struct ListPhones {};
struct PausePhone {
  std::string hotline;
  std::string phone;
  std::optional<Seconds> how_long;  // nullopt: until it is resumed
  std::string why;
};
struct ResumePhone {
  std::string hotline;
  std::string phone;
};
struct ListBlocks {};
struct BlockCaller {
  std::string caller;  // as written
  Seconds how_long{0};
  std::string why;
};
struct LiftBlock {
  std::string caller;
};
struct ListCdrs {
  cdr::Query query;
};
struct ShowCdr {
  CallId id;
};
struct AddNote {
  CallId id;
  cdr::NoteKind kind = cdr::NoteKind::remark;
  std::string text;
  std::string by;
};
struct ListLedger {
  billing::Query query;
};

struct ListNotices {
  billing::NoticeQuery query;
};
struct ResendNotice {
  std::uint64_t seq = 0;
};

using Ask =
    std::variant<GetStatus, Reload, ListAccounts, ShowAccount, OpenAccount, Recharge, Adjust,
                 BuyService, CloseAccount, ReinstateAccount, ShowHistory, ListCalls, ShowCall,
                 HangUpCall, ListPhones, PausePhone, ResumePhone, ListBlocks, BlockCaller,
                 LiftBlock, ListCdrs, ShowCdr, AddNote, ListLedger, ListNotices, ResendNotice>;

// Reads a request. Everything in the Ask has been checked: names, amounts, times, limits.
// Errors: the refusal to send (400, 404 or 405).
// Thread: any; reads nothing but its arguments.
tl::expected<Ask, Answer> read_ask(std::string_view method, std::string_view target,
                                   std::string_view body);

}  // namespace hotline::admin
