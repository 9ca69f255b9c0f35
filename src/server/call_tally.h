// Counts the calls that are over, for metrics, and passes all on to the log. Thread: the call
// thread's.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include "hotline/base/timing.h"
#include "hotline/call/switchboard.h"

namespace hotline::server {

class CallTally final : public call::Watcher {
 public:
  explicit CallTally(call::Watcher& next) : next_(next) {}

  void happened(const call::Event& event, const cdr::Record* record) override {
    next_.happened(event, record);
  }
  void ended(const cdr::Record& record) override;
  void posted(const billing::Posting& posting) override { next_.posted(posting); }

  // By the words of causes and, beside, whether the call was answered.
  struct Result {
    std::string_view cause;
    bool is_answered = false;
    friend auto operator<=>(const Result&, const Result&) = default;
  };
  const std::map<Result, std::uint64_t>& ended_calls() const { return ended_; }
  // From the caller's INVITE until the first phone rings, and until the answer.
  const Timing& until_ring() const { return until_ring_; }
  const Timing& until_answer() const { return until_answer_; }

 private:
  call::Watcher& next_;
  std::map<Result, std::uint64_t> ended_;
  Timing until_ring_;
  Timing until_answer_;
};

}  // namespace hotline::server
