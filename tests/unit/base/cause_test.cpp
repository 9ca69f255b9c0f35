#include "hotline/base/cause.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

TEST(Cause, maps_to_signalling_and_to_the_telephone_network) {
  struct Row {
    const char* word;
    int status;
    int q850;
    bool retry_later;
  };
  const Row rows[] = {
      {"unknown_number", 404, 1, false},
      {"blacklisted", 603, 21, false},
      {"withheld", 433, 21, false},
      {"region_refused", 403, 21, false},
      {"suspended", 403, 21, false},
      {"no_credit", 402, 21, false},
      {"closed", 480, 31, false},
      {"no_answer", 480, 19, false},
      {"all_busy", 486, 17, false},
      {"trunk_failed", 502, 27, false},
      {"media_unsupported", 488, 65, false},
      {"overload", 503, 42, true},
      {"store_down", 503, 41, true},
      {"draining", 503, 41, true},
      {"hop_limit", 483, 25, false},
      {"loop", 482, 25, false},
      {"cancelled", 487, 0, false},
      {"hung_up", 200, 16, false},
      {"credit_ended", 200, 16, false},
      {"session_expired", 200, 102, false},
  };
  for (const Row& row : rows) {
    const auto cause = cause_from_string(row.word);
    ASSERT_TRUE(cause) << row.word;
    EXPECT_EQ(codes_of(*cause).status, row.status) << row.word;
    EXPECT_EQ(codes_of(*cause).q850, row.q850) << row.word;
    EXPECT_EQ(codes_of(*cause).retry_later, row.retry_later) << row.word;
    EXPECT_EQ(to_string(*cause), row.word);
  }
}

TEST(Cause, an_admin_may_refuse_only_with_reasons_that_are_his_to_give) {
  EXPECT_EQ(refusal_from_string("closed"), Cause::closed);
  EXPECT_EQ(refusal_from_string("region_refused"), Cause::region_refused);
  for (const char* word : {"store_down", "draining", "hung_up", "crash", "suspended", "nonsense"}) {
    EXPECT_FALSE(refusal_from_string(word)) << word;
  }
}

}  // namespace
}  // namespace hotline
