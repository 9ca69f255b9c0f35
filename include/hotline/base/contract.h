// Contract checks: a broken invariant aborts, in release builds too. Recovery makes an abort
// harmless (docs/architecture.md), a wrong balance is not.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace hotline {

[[noreturn]] inline void contract_broken(const char* what, const char* file, int line) {
  std::fprintf(stderr, "contract broken: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace hotline

#define HOTLINE_EXPECT(condition) \
  ((condition) ? static_cast<void>(0) : ::hotline::contract_broken(#condition, __FILE__, __LINE__))
