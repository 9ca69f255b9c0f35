// Control totals of an export: what whoever takes a file over adds up again.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hotline/billing/booked.h"
#include "hotline/cdr/filed.h"

namespace hotline::ctl {

struct Total {
  const char* name;
  const char* chinese;
  std::variant<std::int64_t, Money> value;
};
std::string to_text(const Total& total);

class CdrTotals {
 public:
  void add(const cdr::Filed& filed);
  std::vector<Total> list() const;

 private:
  std::int64_t rows_ = 0;
  std::int64_t calls_ = 0;
  std::int64_t talk_ms_ = 0;
  std::int64_t billed_s_ = 0;
  Money charge_;
};

class LedgerTotals {
 public:
  void add(const billing::Booked& booked);
  std::vector<Total> list() const;

 private:
  std::int64_t rows_ = 0;
  Money in_;
  Money out_;  // what was taken, as a positive amount
};

}  // namespace hotline::ctl
