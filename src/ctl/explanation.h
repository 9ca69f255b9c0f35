// Why a call goes where it goes: the decision that the server would make, in JSON for programs; the
// text for people is made from that.
#pragma once

#include <ostream>
#include <set>
#include <string>

#include "hotline/routing/decision.h"

#include "admin/answer.h"

namespace hotline::ctl {

// A moment as somebody assumes it: everything is quiet but these phones.
class AssumedFacts final : public routing::QuietFacts {
 public:
  // By name, in any hotline.
  AssumedFacts(std::set<std::string> busy, std::set<std::string> paused)
      : busy_(std::move(busy)), paused_(std::move(paused)) {}

  std::uint32_t lines_in_use(const routing::Phone& phone) const override {
    return busy_.contains(phone.name) ? phone.lines : 0;
  }
  bool is_paused(const routing::Phone& phone) const override {
    return paused_.contains(phone.name);
  }

 private:
  std::set<std::string> busy_;
  std::set<std::string> paused_;
};

// The caller as a record has it. Records of old versions do not say the kind: it is read anew.
number::Number recorded_caller(const std::string& kind, const std::string& e164,
                               const std::string& raw);

// {"to", "from", "kind", "province", …, "at", "steps": […], "decision", "decided", "plans": […]}.
// Where all phones of a plan are busy, the plans that it overflows to follow: "decided" is what was
// said first, as records have it, "decision" what was said last.
admin::Json explain(const routing::Question& question, const std::string& dialled);

// What the journey of a call looked like, in words.
void print_explanation(std::ostream& out, const admin::Json& explanation);

}  // namespace hotline::ctl
