#include "server/memory.h"

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <jemalloc/jemalloc.h>
#include <sys/prctl.h>

#include "hotline/base/lasting.h"

namespace hotline::server {
namespace {

template <class Value>
Value ask(const char* name) {
  Value value{};
  std::size_t size = sizeof value;
  EXPECT_EQ(mallctl(name, &value, &size, nullptr, 0), 0) << name;
  return value;
}

std::size_t kept() {
  std::uint64_t epoch = 1;
  mallctl("epoch", nullptr, nullptr, &epoch, sizeof epoch);
  return ask<std::size_t>("stats.resident");
}

unsigned arena_of(void* memory) {
  unsigned arena = 0;
  std::size_t size = sizeof arena;
  EXPECT_EQ(mallctl("arenas.lookup", &arena, &size, &memory, sizeof memory), 0);
  return arena;
}

// What a busy time leaves: many messages that are gone, and between them some of what lasts.
class BusyTime {
 public:
  BusyTime() {
    std::vector<void*> messages;
    for (int i = 0; i < 200'000; ++i) {
      messages.push_back(std::malloc(kBytes));
      std::memset(messages.back(), 1, kBytes);
      if (i % 20 != 0) continue;
      const Lasting lasting;
      calls_.push_back(std::string(kBytes, 'x'));
    }
    for (void* message : messages) std::free(message);
  }
  bool is_sound() const {
    for (const std::string& call : calls_) {
      if (call != std::string(kBytes, 'x')) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kBytes = 400;
  std::vector<std::string> calls_;
};

TEST(Memory, is_told_what_the_server_needs) {
  EXPECT_STREQ(ask<const char*>("opt.thp"), "always");
  EXPECT_EQ(ask<unsigned>("opt.narenas"), 1u);
  EXPECT_EQ(ask<ssize_t>("opt.dirty_decay_ms"), -1);
}

TEST(Memory, of_what_lasts_lies_apart) {
  void* passing = std::malloc(100);
  void* zeroed = nullptr;
  std::string* made = nullptr;
  {
    const Lasting lasting;
    zeroed = std::calloc(10, 10);
    made = new std::string("x");
    EXPECT_TRUE(Lasting::here());
  }
  EXPECT_FALSE(Lasting::here());
  EXPECT_NE(arena_of(zeroed), arena_of(passing));
  EXPECT_EQ(arena_of(made), arena_of(zeroed));
  EXPECT_EQ(static_cast<char*>(zeroed)[99], 0);
  delete made;
  std::free(zeroed);
  std::free(passing);
}

TEST(Memory, that_nobody_has_is_refused) {
  volatile std::size_t huge = SIZE_MAX / 2;
  EXPECT_EQ(std::calloc(huge, 4), nullptr);
  EXPECT_EQ(std::malloc(huge), nullptr);
  EXPECT_THROW(static_cast<void>(::operator new(huge)), std::bad_alloc);
}

TEST(Thrift, gives_back_what_a_long_lull_does_not_need_and_leaves_what_lasts) {
  Thrift thrift;
  const BusyTime busy;
  const std::size_t before = kept();
  for (int i = 1; i < Thrift::kIdleLooks; ++i) thrift.look();
  EXPECT_EQ(kept(), before);
  thrift.look();
  EXPECT_LT(kept(), before / 2);
  EXPECT_TRUE(busy.is_sound());
}

// The kernel would fill up with huge pages what was given back.
TEST(Thrift, asks_for_no_huge_pages_until_memory_grows_again) {
  ASSERT_EQ(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0), 0);
  const auto without_huge_pages = [] { return prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0); };
  Thrift thrift;
  const BusyTime busy;
  for (int i = 1; i < Thrift::kIdleLooks; ++i) thrift.look();
  EXPECT_EQ(without_huge_pages(), 0);
  thrift.look();
  EXPECT_EQ(without_huge_pages(), 1);
  thrift.look();
  EXPECT_EQ(without_huge_pages(), 1);
  const std::string load(64U << 20, 'x');
  thrift.look();
  EXPECT_EQ(without_huge_pages(), 0);
}

TEST(Thrift, keeps_what_a_short_lull_does_not_need) {
  Thrift thrift;
  const BusyTime busy;
  const std::size_t before = kept();
  for (int lull = 0; lull < 3; ++lull) {
    for (int i = 1; i < Thrift::kIdleLooks; ++i) thrift.look();
    EXPECT_GE(kept(), before);
    const std::string load(2 * before, 'x');
    thrift.look();
    EXPECT_GE(kept(), before);
  }
}

}  // namespace
}  // namespace hotline::server
