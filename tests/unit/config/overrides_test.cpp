// The file that [region] names, and names of regions in routes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kNamed = "[region]\noverrides = \"regions.csv\"\n";
constexpr const char* kHeader = "prefix,province,city,area_code,carrier\n";

MemoryFiles files_with(const std::string& overrides, const std::string& regions = "\"上海\"") {
  std::string hotline = kHotline;
  hotline.insert(hotline.find("[otherwise]"), "[[route]]\nname = \"r\"\nwhen = { region = [" +
                                                  regions + "] }\nto = \"group:sales\"\n");
  return MemoryFiles({{kPlatformFile, kNamed + kPlatform},
                      {kHotlineFile, hotline},
                      {"regions.csv", kHeader + overrides}});
}

std::string placed(const Loaded& loaded, const std::string& e164) {
  const region::Table& table = *loaded.snapshot->regions;
  const auto located = table.locate({number::Kind::mobile, e164, ""});
  return table.place(located.place).city + " " + std::string(to_string(located.carrier));
}

TEST(Overrides, lie_over_the_table_of_the_context) {
  Context with = context();
  with.regions = region::overlay(
      *with.regions, {{{"江苏", "苏州", "0512"}},
                      {{192, 3, false, 0, std::nullopt}, {193, 3, false, 0, std::nullopt}}});
  const auto loaded = load(files_with("1921234,上海,,,\n1931,,,,联通\n"), with);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(placed(*loaded, "+8619212345678"), "上海 广电");  // said here
  EXPECT_EQ(placed(*loaded, "+8619200005678"), "苏州 广电");  // of the context
  EXPECT_EQ(placed(*loaded, "+8619310005678"), "苏州 联通");  // each says its part
  EXPECT_EQ(placed(*loaded, "+8613800138000"), "北京 移动");  // builtin
  const auto& route = loaded->snapshot->find("4001234567")->routes.at(0);
  const auto caller = region::Located{
      loaded->snapshot->regions->locate({number::Kind::mobile, "+8619212345678", ""})};
  EXPECT_TRUE(route.when.region.contains(caller.place));
}

TEST(Overrides, give_routes_area_codes_to_name) {
  EXPECT_THAT(problems_of(files_with("0807,江西,南昌,,\n", "\"0807\""), context()), IsEmpty());
}

TEST(Overrides, are_kept_with_the_configuration) {
  const auto loaded = load(files_with("1921234,上海,,,\n"), context());
  ASSERT_TRUE(loaded);
  EXPECT_THAT(loaded->files, testing::Contains(testing::Field(&KeptFile::name, "regions.csv")));
}

TEST(Overrides, tell_every_line_that_is_wrong) {
  EXPECT_THAT(problems_of(files_with("1921234,江荪,,,\n1921235,江苏,苏洲,,\n"), context()),
              ElementsAre("regions.csv:2:1: there is no province \"江荪\"; did you mean \"江苏\"?",
                          "regions.csv:3:1: there is no city \"苏洲\" in 江苏; did you mean "
                          "\"苏州\"?"));
  std::string many;
  for (int i = 0; i < 50; ++i) many += "1921234,江荪,,,\n";
  const auto problems = problems_of(files_with(many), context());
  ASSERT_EQ(problems.size(), 21U);
  EXPECT_EQ(problems.back(), "regions.csv: 30 more errors");
}

TEST(Overrides, are_a_file_inside_the_configuration) {
  const struct {
    const char* name;
    const char* problem;
  } rows[] = {
      {"none.csv",
       "hotline.toml:2:13: overrides: \"none.csv\" cannot be opened: No such file or directory"},
      {"../regions.csv",
       "hotline.toml:2:13: overrides: \"../regions.csv\" is not inside the configuration "
       "directory"},
  };
  for (const auto& row : rows) {
    const MemoryFiles files(
        {{kPlatformFile, "[region]\noverrides = \"" + std::string(row.name) + "\"\n" + kPlatform},
         {kHotlineFile, kHotline}});
    EXPECT_THAT(problems_of(files, context()), ElementsAre(row.problem));
    EXPECT_EQ(load_overrides(files).error().at(0).to_string(), row.problem);
  }
}

TEST(Overrides, are_read_whatever_the_rest_is_like) {
  const auto entries =
      load_overrides(MemoryFiles({{kPlatformFile, std::string(kNamed) + "[nonsense]\n"},
                                  {"regions.csv", std::string(kHeader) + "1921234,上海,,,\n"}}));
  ASSERT_TRUE(entries && *entries);
  EXPECT_EQ((*entries)->list.size(), 1U);
  const auto none = load_overrides(MemoryFiles(Texts{{kPlatformFile, "[server]\n"}}));
  EXPECT_TRUE(none && !*none);
  EXPECT_EQ(load_overrides(MemoryFiles(Texts{{kPlatformFile, "[["}})).error().at(0).to_string(),
            "hotline.toml: is no TOML");
  EXPECT_EQ(load_overrides(MemoryFiles(Texts())).error().at(0).to_string(),
            "hotline.toml: cannot be opened: No such file or directory");
}

TEST(RegionNames, are_taken_loosely_where_that_is_safe) {
  EXPECT_THAT(problems_of(files_with("192,上海,,,\n",
                                     "\"广东省\", \"内蒙古自治区\", \"内蒙\", \"新疆\", "
                                     "\"江苏苏州\", \"恩施州\", \"0512\""),
                          context()),
              IsEmpty());
}

TEST(RegionNames, misspelt_are_errors_with_a_suggestion) {
  const auto problems =
      problems_of(files_with("192,上海,,,\n", "\"江荪\", \"苏洲市\", \"witheld\""), context());
  EXPECT_THAT(problems,
              ElementsAre("hotlines/a.toml:14:20: there is no region \"江荪\"; did you mean "
                          "\"江苏\"?",
                          "hotlines/a.toml:14:26: there is no region \"苏洲市\"; did you mean "
                          "\"苏州市\"?",
                          "hotlines/a.toml:14:33: there is no region \"witheld\"; did you mean "
                          "\"withheld\"?"));
}

}  // namespace
}  // namespace hotline::config
