// schedule list|show on a configuration of its own; "now" is 2026-01-02 03:04:05 in China.
#include <fstream>

#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

class ScheduleTest : public CtlTest {
 protected:
  ScheduleTest() {
    std::ofstream(dir_ / "hotline.toml", std::ios::app)
        << "[schedule.office]\ncalendar = \"cn.csv\"\nmakeup_workdays = \"mon-fri\"\n"
           "weekly = { mon-fri = [\"09:00-12:00\", \"13:00-18:00\"], sat = [\"22:00-02:00\"] }\n"
           "exceptions = { 2026-10-02 = [\"10:00-11:00\"], 2026-10-09 = [] }\n"
           "[schedule.night]\nweekly = { mon-sun = [\"22:00-07:00\"] }\noffset = \"-03:30\"\n"
           "[schedule.open]\nholidays = \"weekly\"\ncalendar = \"cn.csv\"\n"
           "weekly = { mon-sun = [\"00:00-24:00\"] }\n";
    std::ofstream(dir_ / "cn.csv") << "date,kind,name\n2026-10-01,holiday,国庆节\n"
                                      "2026-10-02,holiday,国庆节\n"
                                      "2026-10-10,makeup_workday,国庆节\n";
  }
};

TEST_F(ScheduleTest, a_week_says_the_hours_of_each_day_and_why) {
  EXPECT_EQ(run({"schedule", "show", "office", "--week", "--date", "2026-10-01"}), 0) << err_;
  EXPECT_EQ(out_,
            "office (+08:00), closed now\n"
            "DATE        DAY  HOURS                        WHY\n"
            "2026-09-28  Mon  09:00–12:00, 13:00–18:00     weekly\n"
            "2026-09-29  Tue  09:00–12:00, 13:00–18:00     weekly\n"
            "2026-09-30  Wed  09:00–12:00, 13:00–18:00     weekly\n"
            "2026-10-01  Thu  closed                       holiday 国庆节\n"
            "2026-10-02  Fri  10:00–11:00                  exception, although holiday 国庆节\n"
            "2026-10-03  Sat  22:00–02:00 of the next day  weekly\n"
            "2026-10-04  Sun  closed                       weekly\n");
}

TEST_F(ScheduleTest, a_day_alone) {
  const struct {
    std::vector<std::string> arguments;
    const char* line;
  } rows[] = {
      {{"office"}, "2026-01-02  Fri  09:00–12:00, 13:00–18:00  weekly\n"},
      {{"office", "--date", "2026-10-10"},
       "2026-10-10  Sat  09:00–12:00, 13:00–18:00  make-up workday 国庆节\n"},
      {{"office", "--date", "2026-10-09"}, "2026-10-09  Fri  closed  exception\n"},
      {{"office", "--date", "2027-01-01"},
       "2027-01-01  Fri  09:00–12:00, 13:00–18:00  weekly: no calendar for 2027\n"},
      {{"open", "--date", "2026-10-01"},
       "2026-10-01  Thu  00:00–24:00  weekly, although holiday 国庆节\n"},
  };
  for (const auto& row : rows) {
    std::vector<std::string> arguments = {"schedule", "show"};
    arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
    EXPECT_EQ(run(arguments), 0) << err_;
    EXPECT_TRUE(out_.ends_with(row.line)) << out_;
  }
}

TEST_F(ScheduleTest, list_says_which_are_open_now) {
  EXPECT_EQ(run({"schedule", "list"}), 0) << err_;
  EXPECT_EQ(out_,
            "SCHEDULE  OFFSET  NOW     TODAY                        WHY\n"
            "night     -03:30  closed  22:00–07:00 of the next day  weekly\n"
            "office    +08:00  closed  09:00–12:00, 13:00–18:00     weekly\n"
            "open      +08:00  open    00:00–24:00                  weekly\n");
}

TEST_F(ScheduleTest, in_json) {
  EXPECT_EQ(run({"schedule", "show", "office", "--date", "2026-10-01", "--json"}), 0) << err_;
  const auto body = admin::Json::parse(out_);
  EXPECT_EQ(body.at("schedule").at("name"), "office");
  const auto& day = body.at("days").at(0);
  EXPECT_EQ(day.at("basis"), "holiday");
  EXPECT_EQ(day.at("calendar"), "国庆节");
  EXPECT_EQ(day.at("hours").size(), 0U);
  EXPECT_EQ(run({"schedule", "show", "night", "--week", "--json"}), 0) << err_;
  EXPECT_EQ(admin::Json::parse(out_).at("days").at(6).at("hours").at(0), "22:00-07:00");
}

TEST_F(ScheduleTest, what_is_wrong_is_said) {
  EXPECT_EQ(run({"schedule", "show", "ofice"}), 1);
  EXPECT_EQ(err_,
            "hotlinectl: there is no schedule ofice; did you mean \"office\"?\n"
            "  see hotlinectl schedule list\n");
  EXPECT_EQ(run({"schedule", "show", "office", "--date", "2026-02-30"}), 2);
  EXPECT_EQ(run({"schedule", "show"}), 2);
  std::ofstream(dir_ / "cn.csv") << "x\n";
  EXPECT_EQ(run({"schedule", "list"}), 1);
  EXPECT_NE(out_.find("cn.csv:1:1: error: "), std::string::npos) << out_;
}

}  // namespace
}  // namespace hotline::ctl
