// From any method, target and body to an ask: no crash, and what is accepted is in bounds. The
// input's first two lines are method and target, the rest is the body.
#include <algorithm>
#include <cstdint>
#include <string_view>
#include <variant>

#include "hotline/base/contract.h"

#include "admin/ask.h"
#include "admin/checks.h"

namespace {

using namespace hotline;

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

struct InBounds {
  void operator()(const admin::ShowAccount& ask) const {
    HOTLINE_EXPECT(admin::is_account_name(ask.name));
  }
  void operator()(const admin::OpenAccount& ask) const {
    HOTLINE_EXPECT(admin::is_account_name(ask.name));
  }
  void operator()(const admin::Recharge& ask) const {
    HOTLINE_EXPECT(admin::is_account_name(ask.account));
    HOTLINE_EXPECT(ask.amount > Money());
    HOTLINE_EXPECT(admin::is_reference(ask.reference));
  }
  void operator()(const admin::ListCdrs& ask) const {
    HOTLINE_EXPECT(ask.query.limit >= 1 && ask.query.limit <= 1000);
    HOTLINE_EXPECT(ask.query.account.empty() || admin::is_account_name(ask.query.account));
  }
  void operator()(const admin::ListLedger& ask) const {
    HOTLINE_EXPECT(ask.query.limit >= 1 && ask.query.limit <= 1000);
    HOTLINE_EXPECT(ask.query.account.empty() || admin::is_account_name(ask.query.account));
  }
  void operator()(const admin::ListNotices& ask) const {
    HOTLINE_EXPECT(ask.query.limit >= 1 && ask.query.limit <= 1000);
    HOTLINE_EXPECT(ask.query.account.empty() || admin::is_account_name(ask.query.account));
  }
  void operator()(const admin::ResendNotice& ask) const { HOTLINE_EXPECT(ask.seq >= 1); }
  template <class Other>
  void operator()(const Other&) const {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view body(reinterpret_cast<const char*>(data), size);
  const std::string_view method = take_line(body);
  const std::string_view target = take_line(body);
  const auto ask = admin::read_ask(method, target, body);
  if (ask) {
    std::visit(InBounds(), *ask);
  } else {
    HOTLINE_EXPECT(ask.error().is_refusal());
    admin::to_text(ask.error().body);
  }
  return 0;
}
