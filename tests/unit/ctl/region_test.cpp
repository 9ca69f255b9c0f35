#include <filesystem>

#include "unit/ctl/ctl_test.h"
#include "unit/region/phone_dat.h"

namespace hotline::ctl {
namespace {

using region::phone_dat;

class RegionTest : public CtlTest {
 protected:
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(dir_ / name, std::ios::binary) << text;
    return dir_ / name;
  }
  std::string kept() const {
    std::ostringstream text;
    text << std::ifstream(dir_ / "state/regions.csv", std::ios::binary).rdbuf();
    return text.str();
  }
  void name_overrides(const std::string& lines) const {
    write("own.csv", "prefix,province,city,area_code,carrier\n" + lines);
    std::ofstream(dir_ / "hotline.toml", std::ios::app) << "[region]\noverrides = \"own.csv\"\n";
  }

  const std::string good_ =
      "prefix,province,city,area_code,carrier\n"
      "1921234,江苏,苏州,0512,广电\n1921235,江苏省,苏州市,0512,广电\n0807,江西,南昌,,\n";
};

TEST_F(RegionTest, import_of_csv_keeps_it_for_the_next_start) {
  EXPECT_EQ(run({"region", "import", write("a.csv", good_)}), 0) << err_;
  EXPECT_EQ(out_, "imported 2 prefixes of mobiles and 1 area codes into " +
                      (dir_ / "state/regions.csv") +
                      "\nthe server is stopped and uses them at its next start\n");
  EXPECT_EQ(err_, "");
  EXPECT_EQ(kept(),
            "prefix,province,city,area_code,carrier\n"
            "1921234,江苏,苏州,0512,广电\n1921235,江苏,苏州,0512,广电\n0807,江西,南昌,,\n");
}

TEST_F(RegionTest, import_of_phone_dat_is_handed_to_a_running_server) {
  desk_.reloads = true;
  start_server();
  const std::string file = write(
      "phone.dat", phone_dat(std::string("江苏|苏州|215000|0512\0", 26), {{1'921'234, 8, 7}}));
  EXPECT_EQ(run({"region", "import", file}), 0) << err_;
  EXPECT_EQ(out_, "imported 1 prefixes of mobiles and 0 area codes into " +
                      (dir_ / "state/regions.csv") + "\nthe running server uses them now\n");
  EXPECT_EQ(kept(), "prefix,province,city,area_code,carrier\n1921234,江苏,苏州,0512,广电\n");
}

TEST_F(RegionTest, import_says_what_a_server_makes_of_it) {
  start_server();  // one whose configuration is bad
  EXPECT_EQ(run({"region", "import", write("a.csv", good_)}), 1);
  EXPECT_NE(out_.find("hotline.toml:3:8: error: "), std::string::npos) << out_;
  EXPECT_NE(err_.find("the server keeps the one it has"), std::string::npos) << err_;
  EXPECT_EQ(run({"region", "import", dir_ / "a.csv", "--json"}), 1);
  EXPECT_EQ(admin::Json::parse(out_).at("in_use"), "no");
}

TEST_F(RegionTest, import_tells_what_it_did_not_use) {
  EXPECT_EQ(run({"region", "import",
                 write("a.csv", "id,号段,省份,邮编\n1,1921234,江苏,215000\n1,1921234,江苏,x\n")}),
            0);
  EXPECT_NE(out_.find("  said more than once: 1\n  columns not used: id, 邮编\n"),
            std::string::npos)
      << out_;
}

TEST_F(RegionTest, import_of_a_bad_file_changes_nothing) {
  ASSERT_EQ(run({"region", "import", write("a.csv", good_)}), 0);
  const std::string before = kept();
  const std::string bad = write("b.csv", good_ + "1921236,江荪,,,\n1921237,江苏,苏洲,,\nx\n");
  EXPECT_EQ(run({"region", "import", bad}), 1);
  EXPECT_EQ(out_, bad + ":5:1: error: there is no province \"江荪\"; did you mean \"江苏\"?\n" +
                      bad + ":6:1: error: there is no city \"苏洲\" in 江苏; did you mean " +
                      "\"苏州\"?\n" + bad + ":7:1: error: has 1 columns, the header has 5\n");
  EXPECT_EQ(err_, "hotlinectl: " + bad +
                      " has 3 errors; nothing was imported\n  mend them, or leave what is wrong "
                      "out with --skip-bad\n");
  EXPECT_EQ(kept(), before);

  EXPECT_EQ(run({"region", "import", bad, "--json"}), 1);
  const auto answer = admin::Json::parse(out_);
  EXPECT_EQ(answer.at("problem_count"), 3);
  EXPECT_EQ(answer.at("problems").size(), 3U);
  EXPECT_EQ(kept(), before);

  const std::string dat = write("c.dat", std::string("2302\xff\0\0\0", 8));
  EXPECT_EQ(run({"region", "import", dat}), 1);
  EXPECT_EQ(out_,
            dat + ": error: is cut off or no phone.dat: its indexes begin at byte 255 of 8\n");
  const std::string entry =
      write("d.dat", phone_dat(std::string("江苏|苏州|215000|0512\0", 26), {{1'921'234, 9, 7}}));
  EXPECT_EQ(run({"region", "import", entry}), 1);
  EXPECT_EQ(out_, entry +
                      ": error: entry 1: there is no record `province|city|zip|area code` at "
                      "byte 9\n");
  EXPECT_EQ(kept(), before);
}

TEST_F(RegionTest, import_of_many_errors_shows_the_first_and_counts_all) {
  std::string text = good_;
  for (int i = 0; i < 1000; ++i) text += "1921236,江荪,,,\n";
  const std::string bad = write("b.csv", text);
  EXPECT_EQ(run({"region", "import", bad}), 1);
  EXPECT_EQ(std::count(out_.begin(), out_.end(), '\n'), 20);
  EXPECT_NE(err_.find("has 1000 errors, of which the first 20 are above; nothing was imported"),
            std::string::npos)
      << err_;
}

TEST_F(RegionTest, import_skips_what_is_wrong_where_it_is_told_to) {
  const std::string bad = write("b.csv", good_ + "1921236,江荪,,,\n");
  EXPECT_EQ(run({"region", "import", bad, "--skip-bad"}), 0) << err_;
  EXPECT_NE(out_.find("\n  left out as wrong: 1\n"), std::string::npos) << out_;
  const std::string before = kept();
  EXPECT_EQ(std::count(before.begin(), before.end(), '\n'), 4);
  EXPECT_EQ(run({"region", "import", write("c.csv", "prefix,province\nx,y\n"), "--skip-bad"}), 1);
  EXPECT_EQ(kept(), before);  // nothing right is nothing to import
}

TEST_F(RegionTest, import_shows_a_bar_to_people_alone) {
  std::string text = "prefix,province\n";
  for (int prefix = 1'920'000; prefix < 1'930'000; ++prefix) {
    text += std::to_string(prefix) + ",江苏\n";
  }
  const std::string file = write("a.csv", text);
  EXPECT_EQ(run({"region", "import", file}), 0);
  EXPECT_EQ(err_, "");
  is_terminal_ = true;
  EXPECT_EQ(run({"region", "import", file, "--json"}), 0);
  EXPECT_EQ(err_, "");
  EXPECT_EQ(run({"region", "import", file}), 0);
  EXPECT_NE(err_.find("\rreading a.csv  [####"), std::string::npos) << err_;
  EXPECT_TRUE(err_.ends_with("\r\x1b[K")) << err_;
}

TEST_F(RegionTest, lookup_says_who_says_so) {
  ASSERT_EQ(run({"region", "import", write("a.csv", good_)}), 0);
  name_overrides("1921235,上海,,,\n1390000,,,,联通\n");
  const struct {
    const char* number;
    const char* out;
  } rows[] = {
      {"19212340000",
       "number          +8619212340000\nkind            mobile\nprovince        江苏\n"
       "city            苏州\narea code       0512\ncarrier         广电\n"
       "place source    imported\ncarrier source  imported\n"},
      {"86 192 1235 0000",
       "number          +8619212350000\nkind            mobile\nprovince        上海\n"
       "city            上海\narea code       021\ncarrier         广电\n"
       "place source    override\ncarrier source  imported\n"},
      {"13900001234",
       "number          +8613900001234\nkind            mobile\nprovince        新疆\n"
       "city            乌鲁木齐\narea code       0991\ncarrier         联通\n"
       "place source    builtin\ncarrier source  override\n"},
      {"08072234567",
       "number          +868072234567\nkind            landline\nprovince        江西\n"
       "city            南昌\narea code       0791\ncarrier         -\n"
       "place source    imported\ncarrier source  -\n"},
      {"+85223456789",
       "number          +85223456789\nkind            hongkong\nprovince        香港\n"
       "city            -\narea code       -\ncarrier         -\n"
       "place source    -\ncarrier source  -\n"},
      {"95588",
       "number          95588\nkind            unknown\nprovince        未知\n"
       "city            -\narea code       -\ncarrier         -\n"
       "place source    -\ncarrier source  -\n"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(run({"region", "lookup", row.number}), 0) << err_;
    EXPECT_EQ(out_, row.out) << row.number;
  }
  EXPECT_EQ(run({"region", "lookup", "19212340000", "--json"}), 0);
  EXPECT_EQ(admin::Json::parse(out_).at("place_source"), "imported");
}

TEST_F(RegionTest, coverage_counts_what_each_table_knows) {
  ASSERT_EQ(run({"region", "import", write("a.csv", good_)}), 0);
  name_overrides("162,上海,,,\n1921235,上海,,,\n");
  EXPECT_EQ(run({"region", "coverage"}), 0) << err_;
  EXPECT_TRUE(out_.starts_with("KNOWN           OF  BUILTIN  IMPORTED  OVERRIDE  TOGETHER\n"));
  EXPECT_NE(out_.find("\n16x         100000        0         0     10000     10000\n"),
            std::string::npos)
      << out_;
  EXPECT_NE(out_.find("\n19x         100000        0         2         1         2\n"),
            std::string::npos)
      << out_;
  EXPECT_EQ(run({"region", "coverage", "--json"}), 0);
  const auto coverage = admin::Json::parse(out_);
  EXPECT_EQ(coverage.at("segments").size(), 7U);
  EXPECT_GT(coverage.at("segments")[0].at("builtin"), 90'000);
  EXPECT_EQ(coverage.at("area_codes").at("imported"), 1);
  EXPECT_EQ(coverage.at("area_codes").at("together"),
            coverage.at("area_codes").at("builtin").get<int>() + 1);
}

TEST_F(RegionTest, what_cannot_be_used_is_left_out_and_told) {
  std::filesystem::create_directory(dir_ / "state");
  write("state/regions.csv", "prefix,province\n192,江荪\n");
  name_overrides("19,江苏,,,\n");
  EXPECT_EQ(run({"region", "lookup", "19212340000"}), 1);
  EXPECT_EQ(err_.substr(0, err_.find('\n')),
            "hotlinectl: left out: " + (dir_ / "state/regions.csv") +
                ": line 2: there is no province \"江荪\"; did you mean \"江苏\"?");
  EXPECT_NE(err_.find("own.csv:2:1: \"19\" is no prefix"), std::string::npos) << err_;
  EXPECT_NE(out_.find("province        未知\n"), std::string::npos) << out_;

  EXPECT_EQ(run({"check"}), 1);
  EXPECT_NE(out_.find("state/regions.csv: warning: the imported regions are not used: line 2: "),
            std::string::npos)
      << out_;
}

}  // namespace
}  // namespace hotline::ctl
