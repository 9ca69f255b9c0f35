// Why a call goes where it goes: the decision that the server would make, in JSON for programs; the
// text for people is made from that.
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>

#include "hotline/routing/decision.h"

#include "admin/answer.h"

namespace hotline::ctl {

struct PhoneState {
  std::uint32_t in_use = 0;  // lines
  bool paused = false;
};
using PhoneStates = std::map<std::string, PhoneState>;  // by line key

// A moment of which no more is known than how some phones are; everything else is quiet.
class PhoneFacts final : public routing::QuietFacts {
 public:
  explicit PhoneFacts(PhoneStates phones) : phones_(std::move(phones)) {}

  std::uint32_t lines_in_use(const routing::Phone& phone) const override {
    return state_of(phone).in_use;
  }
  bool is_paused(const routing::Phone& phone) const override { return state_of(phone).paused; }

 private:
  PhoneState state_of(const routing::Phone& phone) const {
    const auto found = phones_.find(phone.line_key);
    return found == phones_.end() ? PhoneState() : found->second;
  }

  PhoneStates phones_;
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
