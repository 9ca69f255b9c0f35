// How long something takes, again and again: how many times it took no longer than each of some
// bounds. Thread: any, without a lock; what is read at once may lack what is added meanwhile.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hotline::store {

class Timing {
 public:
  using Took = std::chrono::microseconds;

  static constexpr std::array<Took, 15> kBounds{
      Took(500),       Took(1'000),     Took(2'000),     Took(5'000),      Took(10'000),
      Took(20'000),    Took(50'000),    Took(100'000),   Took(200'000),    Took(500'000),
      Took(1'000'000), Took(2'000'000), Took(5'000'000), Took(10'000'000), Took(30'000'000)};

  struct Counts {
    std::array<std::uint64_t, kBounds.size() + 1> each{};  // the last: longer than any bound
    Took sum{0};
  };

  void add(Took took) {
    std::size_t bound = 0;
    while (bound < kBounds.size() && took > kBounds[bound]) ++bound;
    each_[bound].fetch_add(1, std::memory_order_relaxed);
    sum_us_.fetch_add(took.count(), std::memory_order_relaxed);
  }

  Counts read() const {
    Counts counts;
    for (std::size_t i = 0; i < each_.size(); ++i) {
      counts.each[i] = each_[i].load(std::memory_order_relaxed);
    }
    counts.sum = Took(sum_us_.load(std::memory_order_relaxed));
    return counts;
  }

 private:
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> each_{};
  std::atomic<std::int64_t> sum_us_{0};
};

}  // namespace hotline::store
