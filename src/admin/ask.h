// What an admin may ask of the server: one struct a request, all closed in a variant. The HTTP
// side reads them (read_ask.cpp), a Desk answers them (desk.h).
//
//   GET  /status                       GetStatus
//   POST /reload?…                     Reload           dry_run=true|false
//   GET  /accounts                     ListAccounts
//   POST /accounts                     OpenAccount      {"name": "acme"}
//   GET  /accounts/NAME                ShowAccount
//   POST /accounts/NAME/recharge       Recharge         {"amount": "100.00", "reference": "…"}
//   GET  /calls                        ListCalls
//   GET  /calls/ID                     ShowCall
//   DELETE /calls/ID                   HangUpCall
//   GET  /cdrs?…                       ListCdrs         from to hotline account caller
//                                                       order after_seq limit
//   GET  /cdrs/ID                      ShowCdr
//   GET  /ledger?…                     ListLedger       from to account order after_seq limit
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
#include "hotline/cdr/query.h"

#include "admin/answer.h"

namespace hotline::admin {

struct GetStatus {};
struct Reload {
  bool dry_run = false;              // only say what would change
  std::optional<std::uint32_t> uid;  // whose wish it is, by the socket
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
struct ListCalls {};
struct ShowCall {
  CallId id;
};
struct HangUpCall {
  CallId id;
};
struct ListCdrs {
  cdr::Query query;
};
struct ShowCdr {
  CallId id;
};
struct ListLedger {
  billing::Query query;
};

using Ask = std::variant<GetStatus, Reload, ListAccounts, ShowAccount, OpenAccount, Recharge,
                         ListCalls, ShowCall, HangUpCall, ListCdrs, ShowCdr, ListLedger>;

// Reads a request. Everything in the Ask has been checked: names, amounts, times, limits.
// Errors: the refusal to send (400, 404 or 405).
// Thread: any; reads nothing but its arguments.
tl::expected<Ask, Answer> read_ask(std::string_view method, std::string_view target,
                                   std::string_view body);

}  // namespace hotline::admin
