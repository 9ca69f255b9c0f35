// Calls of the past through a draft of the configuration: what would be decided otherwise. Reads no
// file and no clock; the rehearse command feeds it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>

#include "hotline/cdr/past_call.h"
#include "hotline/number/number.h"
#include "hotline/routing/decision.h"

#include "admin/answer.h"

namespace hotline::ctl {

enum class Rehearsed : std::uint8_t {
  same,
  elsewhere,       // another group
  newly_refused,   // a group then, refused now
  newly_accepted,  // the other way round
  other_refusal,   // refused both times, for another reason
  not_judged,      // no rule was asked then (overload, no hotline), or the record is too old to say
};
// "same", "elsewhere", …
std::string_view to_string(Rehearsed what);

class Rehearsal {
 public:
  // Told of each call that is decided otherwise: what was decided then, and now.
  using Changed = std::function<void(const cdr::PastCall&, Rehearsed, const std::string& now)>;

  Rehearsal(const routing::Snapshot& draft, Changed changed);

  void take(const cdr::PastCall& call);

  // {"calls", "results": {…}, "routes": […], "phones": […], "unknown": […]}
  admin::Json to_json() const;

 private:
  struct PhoneLoad {
    std::uint64_t before = 0;
    std::uint64_t after = 0;
  };

  std::string decide(const cdr::PastCall& call, const routing::Hotline& hotline);
  void count_routes(const routing::Trace& trace, std::uint32_t calls);
  Rehearsed judge(const cdr::PastCall& call, const std::string& now) const;
  admin::Json routes_json() const;

  const routing::Snapshot& draft_;
  Changed changed_;
  std::uint64_t calls_ = 0;
  std::map<Rehearsed, std::uint64_t> results_;
  std::unordered_map<const routing::Source*, std::uint64_t> fired_;
  std::map<std::string, PhoneLoad> phones_;  // by key
};

// Tables for people.
void print_rehearsal(std::ostream& out, const admin::Json& rehearsal);

}  // namespace hotline::ctl
