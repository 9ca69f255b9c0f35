#include "sip/reason.h"

#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

TEST(Reason, of_each_refusal_is_exact) {
  struct Row {
    Cause cause;
    const char* phrase;
    const char* reason;
  };
  const Row rows[] = {
      {Cause::unknown_number, "Not Found", "Q.850;cause=1;text=\"Unallocated number\""},
      {Cause::blacklisted, "Decline", "Q.850;cause=21;text=\"Call rejected\""},
      {Cause::withheld, "Anonymity Disallowed", "Q.850;cause=21;text=\"Call rejected\""},
      {Cause::region_refused, "Forbidden", "Q.850;cause=21;text=\"Call rejected\""},
      {Cause::suspended, "Forbidden", "Q.850;cause=21;text=\"Call rejected\""},
      {Cause::no_credit, "Payment Required", "Q.850;cause=21;text=\"Call rejected\""},
      {Cause::closed, "Temporarily Unavailable", "Q.850;cause=31;text=\"Normal, unspecified\""},
      {Cause::no_answer, "Temporarily Unavailable", "Q.850;cause=19;text=\"No answer from user\""},
      {Cause::all_busy, "Busy Here", "Q.850;cause=17;text=\"User busy\""},
      {Cause::trunk_failed, "Bad Gateway", "Q.850;cause=27;text=\"Destination out of order\""},
      {Cause::media_unsupported, "Not Acceptable Here",
       "Q.850;cause=65;text=\"Bearer capability not implemented\""},
      {Cause::overload, "Service Unavailable",
       "Q.850;cause=42;text=\"Switching equipment congestion\""},
      {Cause::store_down, "Service Unavailable", "Q.850;cause=41;text=\"Temporary failure\""},
      {Cause::draining, "Service Unavailable", "Q.850;cause=41;text=\"Temporary failure\""},
      {Cause::hop_limit, "Too Many Hops", "Q.850;cause=25;text=\"Exchange routing error\""},
      {Cause::cancelled, "Request Terminated", ""},
      {Cause::credit_ended, "OK", "Q.850;cause=16;text=\"Normal call clearing\""},
  };
  for (const Row& row : rows) {
    EXPECT_STREQ(phrase_of(codes_of(row.cause).status), row.phrase) << to_string(row.cause);
    EXPECT_EQ(reason_of(row.cause), row.reason) << to_string(row.cause);
  }
}

TEST(Reason, every_cause_has_words) {
  for (int i = 0; i <= static_cast<int>(Cause::crash); ++i) {
    const auto cause = static_cast<Cause>(i);
    EXPECT_STRNE(phrase_of(codes_of(cause).status), "Refused") << to_string(cause);
    EXPECT_EQ(reason_of(cause).find("text=\"\""), std::string::npos) << to_string(cause);
  }
}

TEST(Reason, of_a_peer_is_read) {
  struct Row {
    const char* header;
    int q850;
  };
  const Row rows[] = {
      {"Q.850;cause=31", 31}, {"SIP;cause=200;text=\"x\", q.850;cause=17;text=\"User busy\"", 17},
      {"SIP;cause=486", 16},  {"Q.850;cause=999", 16},
      {"Q.850;cause=-1", 16}, {"Q.850", 16},
  };
  for (const Row& row : rows) {
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    EXPECT_EQ(q850_of(sip_reason_make(home, row.header)), row.q850) << row.header;
    su_home_deinit(home);
  }
  EXPECT_EQ(q850_of(nullptr), 16);
}

TEST(Failure, of_an_attempt_follows_its_status) {
  using call::Failure;
  struct Row {
    int status;
    Failure failure;
  };
  const Row rows[] = {
      {302, Failure::failed},   {400, Failure::failed},    {403, Failure::declined},
      {404, Failure::failed},   {408, Failure::no_answer}, {480, Failure::no_answer},
      {486, Failure::busy},     {503, Failure::failed},    {600, Failure::busy},
      {603, Failure::declined}, {604, Failure::failed},
  };
  for (const Row& row : rows) EXPECT_EQ(failure_of(row.status), row.failure) << row.status;
}

}  // namespace
}  // namespace hotline::sip
