#include "store/anchor_keeper.h"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/database.h"
#include "unit/store/rig.h"

namespace hotline::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 2026-11-25 12:00 in China.
constexpr WallTime kNoon{Milliseconds{1'795'579'200'000}};
constexpr std::chrono::hours kDay{24};

struct Keeping : Rig {
  Keeping() { stop_writer(); }

  std::filesystem::path state() const { return opened->database.parent_path(); }
  AnchorKeeper keeper() {
    return {state(), Reader::open(opened->database).value(),
            [this](const Anchor& anchor) { days.push_back(hotline::to_text(anchor.day)); },
            [this](const std::string& trouble) { troubles.push_back(trouble); }};
  }
  void call(int n) {
    start_writer();
    writer->close_call(close_of(n), {});
    stop_writer();
  }
  std::int64_t records_of(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(anchors_of(state()) / name).rdbuf();
    const auto anchor = anchor_from_text(text.str());
    return anchor ? anchor->records : -1;
  }

  std::vector<std::string> days;
  std::vector<std::string> troubles;
};

TEST(AnchorKeeper, a_day_has_an_anchor_once_it_is_over) {
  Keeping books;
  AnchorKeeper keeper = books.keeper();
  keeper.look(kNoon);
  EXPECT_THAT(books.days, ElementsAre("2026-11-24"));
  books.call(1);
  keeper.look(kNoon + std::chrono::hours(12) - Milliseconds(1));
  EXPECT_EQ(books.days.size(), 1U);
  keeper.look(kNoon + std::chrono::hours(12));  // China's midnight
  EXPECT_THAT(books.days, ElementsAre("2026-11-24", "2026-11-25"));
  EXPECT_EQ(books.records_of("2026-11-24"), 0);
  EXPECT_EQ(books.records_of("2026-11-25"), 1);
  books.call(2);
  keeper.look(kNoon + std::chrono::hours(13));
  EXPECT_EQ(books.records_of("2026-11-25"), 1) << "an anchor is written once";
}

TEST(AnchorKeeper, the_last_day_is_made_up_for_after_a_downtime) {
  Keeping books;
  books.keeper().look(kNoon);
  books.call(1);
  books.keeper().look(kNoon + 10 * kDay);
  EXPECT_THAT(books.days, ElementsAre("2026-11-24", "2026-12-04"));
  EXPECT_EQ(books.records_of("2026-12-04"), 1);
  books.keeper().look(kNoon + 10 * kDay);
  EXPECT_EQ(books.days.size(), 2U) << "one that was there before it";
  books.keeper().look(kNoon + 5 * kDay);
  EXPECT_EQ(books.days.size(), 2U) << "a clock set back";
}

TEST(AnchorKeeper, the_latest_is_a_minute_old_at_most) {
  Keeping books;
  AnchorKeeper keeper = books.keeper();
  keeper.look(kNoon);
  books.call(1);
  keeper.look(kNoon + Seconds(59));
  EXPECT_EQ(books.records_of("latest"), 0);
  keeper.look(kNoon + Seconds(60));
  EXPECT_EQ(books.records_of("latest"), 1);
  books.call(2);
  keeper.write_latest(kNoon + Seconds(61));
  EXPECT_EQ(books.records_of("latest"), 2);
}

TEST(AnchorKeeper, tells_of_trouble_once_and_goes_on_when_it_is_over) {
  Keeping books;
  AnchorKeeper keeper = books.keeper();
  std::ofstream(anchors_of(books.state())) << "in the way";
  keeper.look(kNoon);
  keeper.look(kNoon + Seconds(2));
  ASSERT_EQ(books.troubles.size(), 1U);
  EXPECT_THAT(books.troubles[0], HasSubstr("anchors"));
  EXPECT_THAT(books.days, IsEmpty());
  std::filesystem::remove(anchors_of(books.state()));
  keeper.look(kNoon + Seconds(4));
  EXPECT_THAT(books.days, ElementsAre("2026-11-24"));
}

TEST(AnchorKeeper, an_older_database_is_seen_at_the_start) {
  Keeping books;
  books.call(1);
  const auto old = books.state() / "old.db";
  connect_writer(books.opened->database).exec("VACUUM INTO '" + old.string() + "'");
  auto reader = Reader::open(books.opened->database).value();
  EXPECT_TRUE(expect_no_older_database(books.state(), reader));  // no anchors yet
  books.call(2);
  books.keeper().look(kNoon);
  EXPECT_TRUE(expect_no_older_database(books.state(), reader));
  books.call(3);
  EXPECT_TRUE(expect_no_older_database(books.state(), reader));
  auto older = Reader::open(old).value();
  const auto refused = expect_no_older_database(books.state(), older);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(),
              HasSubstr("anchors/2026-11-24: it says there are 2 call records, the "
                        "database's chain ends with number 1. The database is older"));
}

}  // namespace
}  // namespace hotline::store
