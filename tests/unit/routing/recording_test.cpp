#include "hotline/routing/recording.h"

#include "unit/routing/fixture.h"

namespace hotline::routing {
namespace {

class Recorded : public Decide {
 protected:
  bool is_recorded(const Number& caller) const {
    return routing::is_recorded(hotline_, *sales_, caller, *snapshot_.regions);
  }
};

TEST_F(Recorded, by_default_nobody_is) { EXPECT_FALSE(is_recorded(kBeijing)); }

TEST_F(Recorded, by_hotline_by_group_or_by_caller) {
  hotline_.recording.all = true;
  EXPECT_TRUE(is_recorded(kBeijing));
  hotline_.recording.all = false;
  sales_->records = true;
  EXPECT_TRUE(is_recorded(kBeijing));
  sales_->records = false;
  all_->records = true;
  EXPECT_FALSE(is_recorded(kBeijing)) << "another group's phone took it";

  hotline_.recording.callers = {listing("odd", kWithheld), listing("vip", kBeijing)};
  EXPECT_TRUE(is_recorded(kBeijing));
  EXPECT_TRUE(is_recorded(kWithheld));
  EXPECT_FALSE(is_recorded(kShanghai));
}

TEST_F(Recorded, a_list_may_go_by_region) {
  auto list = std::make_shared<CallerList>("north", Source{"hotline.toml", 5});
  list->set_regions(*snapshot_.regions->named("北京"));
  hotline_.recording.callers = {list};
  EXPECT_TRUE(is_recorded(kBeijing));
  EXPECT_FALSE(is_recorded(kShanghai));
}

}  // namespace
}  // namespace hotline::routing
