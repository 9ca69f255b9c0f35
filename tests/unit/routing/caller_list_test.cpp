#include "hotline/routing/caller_list.h"

#include <gtest/gtest.h>

namespace hotline::routing {
namespace {

using number::Kind;
using number::Number;

TEST(CallerList, holds_numbers_prefixes_and_the_withheld) {
  CallerList list("nuisance", Source{"hotline.toml", 7});
  list.add_number("+8613900000000");
  list.add_prefix("+86170");
  list.add_prefix("+85");
  struct Row {
    Number caller;
    bool listed;
  };
  const Row rows[] = {
      {{Kind::mobile, "+8613900000000", ""}, true}, {{Kind::mobile, "+8613900000001", ""}, false},
      {{Kind::mobile, "+861390000000", ""}, false}, {{Kind::mobile, "+8617012345678", ""}, true},
      {{Kind::hongkong, "+85212345678", ""}, true}, {{Kind::unknown, "+86", ""}, false},
      {{Kind::unknown, "", "10086"}, false},        {{Kind::withheld, "", "anonymous"}, false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(list.contains(row.caller), row.listed) << row.caller.e164 << row.caller.raw;
  }
  list.add_withheld();
  EXPECT_TRUE(list.contains({Kind::withheld, "", "anonymous"}));
  EXPECT_FALSE(list.contains({Kind::unknown, "", "10086"})) << "unknown is not withheld";
}

}  // namespace
}  // namespace hotline::routing
