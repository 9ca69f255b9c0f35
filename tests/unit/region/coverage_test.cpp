// The builtin table beside the 517,258 prefixes of the project's shared data, which it was not
// made from. The least agreement asked for is what libphonenumber 8.12.57 was measured to reach.
// Skipped where that data is absent: it is no part of the project.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

#include "hotline/region/region.h"

#include "region/names.h"

namespace hotline::region {
namespace {

constexpr const char* kData = HOTLINE_SOURCE_DIR "/../shared/data/mobile-prefixes-2025-02.csv.gz";

struct Row {
  std::string prefix;
  std::string province;
  std::string city;
  std::string area_code;
  std::string carrier;
};

Row read_row(std::string_view line) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == ',') {
      fields.emplace_back();
    } else if (c != '\n' && c != '\r') {
      fields.back() += c;
    }
  }
  fields.resize(5);
  return {fields[0], fields[1], fields[2], fields[3], fields[4]};
}

std::vector<Row> read_rows() {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(kData, "rb"), gzclose);
  std::vector<Row> rows;
  char line[256];
  while (file && gzgets(file.get(), line, sizeof line) != nullptr) {
    rows.push_back(read_row(line));
  }
  if (!rows.empty()) rows.erase(rows.begin());  // the header
  return rows;
}

class Coverage : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kData)) GTEST_SKIP() << "NOT CHECKED: there is no " << kData;
    rows_ = read_rows();
    ASSERT_GT(rows_.size(), 500'000U);
  }

  Located locate(const Row& row) const {
    return table_->locate({number::Kind::mobile, "+86" + row.prefix + "0000", ""});
  }

  std::shared_ptr<const Table> table_ = builtin_table();
  std::vector<Row> rows_;
};

double percent(std::size_t part, std::size_t whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

TEST_F(Coverage, places_agree_with_the_shared_data) {
  std::size_t known = 0;
  std::size_t same_province = 0;
  std::size_t same_city = 0;
  for (const Row& row : rows_) {
    const Place& place = table_->place(locate(row).place);
    if (locate(row).place == kUnknown) continue;
    ++known;
    if (place.province != row.province) continue;
    ++same_province;
    if (place.city == short_city(row.province, row.city)) ++same_city;
  }
  std::printf("places: %zu of %zu prefixes known (%.2f%%); province agrees %.3f%%, city %.3f%%\n",
              known, rows_.size(), percent(known, rows_.size()), percent(same_province, known),
              percent(same_city, known));
  EXPECT_GT(percent(known, rows_.size()), 62.0);
  EXPECT_GT(percent(same_province, known), 99.1);
  EXPECT_GT(percent(same_city, known), 96.9);
}

TEST_F(Coverage, carriers_agree_with_the_shared_data) {
  std::size_t known = 0;
  std::size_t same = 0;
  for (const Row& row : rows_) {
    const std::string_view carrier = to_string(locate(row).carrier);
    if (carrier.empty()) continue;
    ++known;
    if (row.carrier.starts_with(carrier)) ++same;  // "移动虚拟": a virtual operator there
  }
  std::printf("carriers: %zu of %zu prefixes known (%.2f%%); carrier agrees %.3f%%\n", known,
              rows_.size(), percent(known, rows_.size()), percent(same, known));
  EXPECT_GT(percent(known, rows_.size()), 99.9);
  EXPECT_GT(percent(same, known), 99.1);
}

TEST_F(Coverage, every_city_and_area_code_is_known) {
  std::set<std::vector<std::string>> met;
  for (const Row& row : rows_) met.insert({row.province, row.city, row.area_code});
  EXPECT_GT(met.size(), 300U);
  for (const auto& fields : met) {
    const auto by_code = table_->named(fields[2]);
    ASSERT_TRUE(by_code) << fields[1] << fields[2];
    bool both = false;
    for (std::size_t i = 0; i < table_->size(); ++i) {
      const Place& place = table_->place(static_cast<PlaceId>(i));
      both = both || (by_code->contains(static_cast<PlaceId>(i)) && place.province == fields[0] &&
                      place.city == short_city(fields[0], fields[1]));
    }
    EXPECT_TRUE(both) << fields[0] << fields[1] << fields[2];
    EXPECT_TRUE(table_->named(fields[1])) << fields[1];
  }
}

}  // namespace
}  // namespace hotline::region
