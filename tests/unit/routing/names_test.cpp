// What the record of a call calls the groups and phones of its own hotline, and of another.
#include <gmock/gmock.h>

#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

TEST(KeyOf, a_name_is_the_called_hotlines_unless_it_says_whose_it_is) {
  EXPECT_EQ(key_of("4001234567", "desk"), "4001234567/desk");
  EXPECT_EQ(key_of("4001234567", "4006006600/desk"), "4006006600/desk");
  EXPECT_EQ(key_of("4001234567", "number:unicom/02161234567"),
            "4001234567/number:unicom/02161234567");
  EXPECT_EQ(key_of("4001234567", "4006006600"), "4001234567/4006006600");
  EXPECT_EQ(key_of("4001234567", "021612345678/x"), "4001234567/021612345678/x");
}

// The hotline sends its calls to another one's group, which has the same names.
class Names : public Decide {
 protected:
  Names() {
    theirs_ = phone("desk");
    theirs_->key = "4006006600/desk";
    theirs_->line_key = "carrier/theirs";
    their_sales_ = group("sales", RingStrategy::sequence, {desk_.get(), theirs_.get()});
    their_sales_->key = "4006006600/sales";
    hotline_.otherwise.to = their_sales_.get();
  }

  std::unique_ptr<Phone> theirs_;
  std::unique_ptr<Group> their_sales_;
};

TEST_F(Names, another_hotlines_have_its_number_in_front) {
  EXPECT_EQ(name_at(hotline_, *sales_), "sales");
  EXPECT_EQ(name_at(hotline_, *their_sales_), "4006006600/sales");
  EXPECT_EQ(name_at(hotline_, *desk_), "desk");
  EXPECT_EQ(name_at(hotline_, *theirs_), "4006006600/desk");
}

TEST_F(Names, in_what_is_decided_and_why) {
  EXPECT_EQ(outcome(decide_at(kBeijing, kMondayMorning)), "group 4006006600/sales");
  asked_ = {{Answer::To::paused, "carrier/theirs"}, {Answer::To::paused, "carrier/desk"}};
  EXPECT_EQ(describe(decide_at(kBeijing, kMondayMorning).trace),
            "h.toml:90 otherwise: matched\n"
            "h.toml:10 phone desk: paused\n"
            "h.toml:10 phone 4006006600/desk: paused\n"
            "h.toml:20 group 4006006600/sales: all phones busy");
  shut_by_night(*theirs_, *their_sales_);
  EXPECT_THAT(describe(decide_at(kBeijing, kMondayNight).trace),
              testing::HasSubstr("phone 4006006600/desk: shut now (weekly)\n"));
}

TEST_F(Names, in_what_follows_an_overflow) {
  const QuietFacts facts;
  sales_->on_busy = their_sales_.get();
  const auto decision = decide_overflow({snapshot_, hotline_, kBeijing, kMondayMorning, facts},
                                        *sales_, Failed::busy);
  EXPECT_EQ(outcome(decision), "group 4006006600/sales");
  const auto further = decide_overflow({snapshot_, hotline_, kBeijing, kMondayMorning, facts},
                                       *their_sales_, Failed::no_answer);
  EXPECT_EQ(describe(further.trace), "h.toml:20 group 4006006600/sales: nobody answered");
}

TEST_F(Names, of_who_answered_last) {
  const auto first = [&] {
    const auto decision = decide_at(kBeijing, kMondayMorning);
    return std::get<RingPlan>(decision.verdict).entries[0].phone;
  };
  their_sales_->sticky = true;
  EXPECT_EQ(first(), desk_.get());
  asked_ = {{Answer::To::last, "4006006600/desk", 1}};
  EXPECT_EQ(first(), theirs_.get());
  const Members before = their_sales_->phones;
  their_sales_->phones = {before[1], before[0]};
  asked_ = {{Answer::To::last, "desk", 1}};
  EXPECT_EQ(first(), desk_.get());
}

}  // namespace
}  // namespace hotline::routing
