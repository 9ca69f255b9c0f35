// The importer at real size: the 517,258 prefixes of the project's shared data, read, kept and
// read again. Skipped where that data is absent: it is no part of the project.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hotline/region/reading.h"

#include "region_files/kept.h"
#include "region_files/read_file.h"
#include "support/temp_dir.h"

namespace hotline::region_files {
namespace {

using support::TempDir;

constexpr const char* kData = HOTLINE_SOURCE_DIR "/../shared/data/mobile-prefixes-2025-02.csv.gz";

std::string found(const region::Table& table, const std::string& national) {
  const auto located = table.locate({number::Kind::mobile, "+86" + national, ""});
  const region::Place& place = table.place(located.place);
  return place.province + " " + place.city + " " + std::string(to_string(located.carrier));
}

TEST(SharedData, is_imported_whole) {
  if (!std::filesystem::exists(kData)) GTEST_SKIP() << "NOT CHECKED: there is no " << kData;
  const auto text = read_file(kData);
  ASSERT_TRUE(text) << text.error();
  const region::Reading reading = region::read_regions(*text);
  EXPECT_EQ(reading.flaw_count, 0U);
  EXPECT_EQ(reading.entries.list.size(), 517'258U);
  EXPECT_THAT(reading.unused_columns, testing::IsEmpty());

  const TempDir dir;
  ASSERT_TRUE(keep(reading.entries, dir.path()));
  const auto kept = load_kept(dir.path());
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->list, reading.entries.list);

  const auto table = region::overlay(*region::builtin_table(), **kept);
  EXPECT_EQ(table->size(), region::builtin_table()->size());  // every place has its known name
  EXPECT_EQ(found(*table, "13000001234"), "山东 济南 联通");
  EXPECT_EQ(found(*table, "19999781234"), "新疆 克孜勒苏 电信");
  EXPECT_EQ(found(*table, "19212345678"), "重庆 重庆 广电");
}

}  // namespace
}  // namespace hotline::region_files
