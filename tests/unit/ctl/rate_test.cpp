// rate on a small configuration, as finance would run it.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/open.h"
#include "store/writer.h"
#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

using testing::HasSubstr;

constexpr const char* kPackages = R"([package.standard]
price_per_min = "0.300"
[package.rich]
price_per_min = "0.300"
setup_fee = "0.100"
free_s = 6
steps = [{ from_s = 120, price_per_min = "0.200" }]
caller_fee_per_min = "0.110"
call_max_s = 600
[[package.rich.rate]]
name = "east_night"
schedule = "night"
region = ["江苏", "上海"]
price_per_min = "0.240"
setup_fee = "0.000"
increments_s = [60, 6]
[schedule.night]
weekly = { mon-sun = ["22:00-07:00"] }
)";

class RateTest : public CtlTest {
 protected:
  RateTest() {
    std::ofstream(dir_ / "hotline.toml", std::ios::app) << kPackages;
    std::filesystem::create_directory(dir_ / "hotlines");
  }
  int rate(std::vector<std::string> more) {
    more.insert(more.begin(), {"rate", "--package", "rich"});
    return run(std::move(more));
  }
  admin::Json rated(std::vector<std::string> more) {
    more.emplace_back("--json");
    EXPECT_EQ(rate(std::move(more)), 0) << err_;
    return admin::Json::parse(out_);
  }
};

TEST_F(RateTest, each_step_in_words) {
  EXPECT_EQ(rate({"--talk", "187", "--at", "2026-03-02 10:00", "--region", "江苏"}), 0) << err_;
  EXPECT_EQ(out_,
            "package  rich\n"
            "rate     the package's own\n"
            "tariff   0.300 60/60 setup 0.100 free 6 from 120 0.200 caller 0.110\n"
            "arrives  2026-03-02 10:00:00\n"
            "from     江苏\n"
            "talk     187.0 s\n"
            "\n"
            "STEP                                EACH   YUAN\n"
            "free talk, 6.0 s                          0.000\n"
            "set-up fee                                0.100\n"
            "2 units of 60 s at 0.300 a minute  0.300  0.600\n"
            "2 units of 60 s at 0.200 a minute  0.200  0.400\n"
            "charge, 240 s billed                      1.100\n"
            "\n"
            "the caller's own carrier takes 0.440 yuan from the caller (information: no account "
            "pays it)\n");
}

TEST_F(RateTest, by_the_hour_and_the_callers_place) {
  const admin::Json night = rated({"--talk", "67", "--at", "2026-03-02 23:00", "--region", "苏州"});
  EXPECT_EQ(night.at("rate"), "east_night");
  EXPECT_EQ(night.at("charge"), "0.264");
  EXPECT_EQ(night.at("steps"), admin::Json::parse(R"([
    {"what": "free", "free_ms": 6000},
    {"what": "units", "units": 1, "unit_s": 60, "price_per_min": "0.240", "unit_price": "0.240",
     "amount": "0.240"},
    {"what": "units", "units": 1, "unit_s": 6, "price_per_min": "0.240", "unit_price": "0.024",
     "amount": "0.024"}])"));
  EXPECT_EQ(rated({"--talk", "67", "--from", "02155550000"}).at("rate"), "east_night")
      << "at 03:04";
  EXPECT_EQ(rated({"--talk", "67", "--from", "01055550000"}).at("rate"), "");
  EXPECT_EQ(rated({"--talk", "67", "--from", "withheld"}).at("rate"), "");
  EXPECT_EQ(rated({"--talk", "67"}).at("rate"), "");
}

TEST_F(RateTest, the_edges_of_a_call) {
  EXPECT_EQ(rated({"--talk", "0"}).at("charge"), "0.000");
  EXPECT_EQ(rated({"--talk", "6"}).at("charge"), "0.000");
  EXPECT_EQ(rated({"--talk", "6.001"}).at("charge"), "0.400");
  EXPECT_EQ(rated({"--talk", "86400"}).at("billable_ms"), 600'000);
  EXPECT_EQ(rate({"--talk", "601"}), 0);
  EXPECT_THAT(out_, HasSubstr("ended after  600.0 s, the package's longest call\n"));
}

TEST_F(RateTest, slips) {
  EXPECT_EQ(run({"rate", "--talk", "61"}), 2);
  EXPECT_EQ(rate({}), 2);
  EXPECT_EQ(rate({"--talk", "61", "--since", "2026-01-01"}), 2);
  EXPECT_EQ(rate({"--talk", "-1"}), 2);
  EXPECT_EQ(rate({"--talk", "6.0001"}), 2);
  EXPECT_EQ(rate({"--talk", "86400.001"}), 2);
  EXPECT_EQ(rate({"--talk", "61", "--at", "tomorrow"}), 2);
  EXPECT_EQ(rate({"--talk", "61", "--until", "2026-01-01"}), 2);
  EXPECT_EQ(rate({"--talk", "61", "--region", "江荪"}), 1);
  EXPECT_THAT(err_, HasSubstr("there is no region 江荪\n  did you mean 江苏?"));
  EXPECT_EQ(run({"rate", "--package", "ritch", "--talk", "61"}), 1);
  EXPECT_THAT(err_, HasSubstr("no package ritch in this configuration\n  it has rich, standard"));
  std::ofstream(dir_ / "hotline.toml", std::ios::app) << "free_s = 1\n";
  EXPECT_EQ(rate({"--talk", "61"}), 1);
  EXPECT_THAT(out_, HasSubstr("unknown key \"free_s\""));
}

// Calls of two hotlines in the database, as the package standard charged them.
class RepriceTest : public RateTest {
 protected:
  RepriceTest() {
    const auto opened = store::open(dir_ / "state");
    store::Writer writer(
        opened->database,
        [] {
          return Now{Instant(), kThen};
        },
        [](const store::Writer::Works&) {}, [](const call::Event&) {});
    writer.close_call(close(1, "4001234567", Seconds(61), 600, "江苏", "苏州"), {});
    writer.close_call(close(2, "4001234567", Seconds(6), 300, "江苏", ""), {});
    auto cut = close(3, "4007654321", Seconds(180), 900, "广东", "广州");
    cut.record.evidence = cdr::EndEvidence::credit;
    writer.close_call(cut, {});
    auto refused = close(4, "4007654321", Seconds(0), 0, "广东", "广州");
    refused.record.answered.reset();
    refused.record.release.cause = Cause::no_credit;
    writer.close_call(refused, {});
    writer.stop();
  }
  static call::CloseCall close(int n, const char* hotline, Seconds talk, std::int64_t charge_li,
                               const char* province, const char* city) {
    call::CloseCall close;
    cdr::Record& record = close.record;
    record.id = CallIdSource(static_cast<std::uint64_t>(n)).next(kThen);
    record.hotline = hotline;
    record.account = "acme";
    record.province = province;
    record.city = city;
    record.received = kThen - std::chrono::hours(24 * n);
    record.answered = record.received;
    record.talk = record.billable = talk;
    record.charge = Money::from_li(charge_li);
    return close;
  }
};

TEST_F(RepriceTest, then_and_now_by_hotline) {
  EXPECT_EQ(rate({"--since", "2025-12-01", "--until", "2026-01-02"}), 0) << err_;
  EXPECT_EQ(out_,
            "3 answered calls by package rich\n"
            "\n"
            "HOTLINE     CALLS   THEN  BY THE PACKAGE  DIFFERENCE\n"
            "4001234567      2  0.900           0.240      -0.660\n"
            "4007654321      1  0.900           0.900       0.000\n"
            "all             3  1.800           1.140      -0.660\n"
            "\n"
            "RATE               CALLS   THEN  BY THE PACKAGE  DIFFERENCE\n"
            "the package's own      1  0.900           0.900       0.000\n"
            "east_night             2  0.900           0.240      -0.660\n"
            "\n"
            "what this cannot know\n"
            "  - 1 call ended with the money; at another price it would have lasted longer or less "
            "long\n"
            "  - 1 call refused for want of money might have been taken\n"
            "  - whether money would have ended or refused other calls at these prices\n"
            "  - what the package costs besides its calls\n");
}

TEST_F(RepriceTest, of_some_calls_only) {
  const admin::Json one = rated({"--since", "2025-12-01", "--hotline", "4007654321"});
  EXPECT_EQ(one.at("calls"), 1);
  EXPECT_EQ(one.at("hotlines").size(), 1u);
  EXPECT_EQ(rated({"--since", "2025-12-01", "--until", "2025-12-31"}).at("calls"), 2);
  EXPECT_EQ(rate({"--since", "2025-12-01", "--account", "other"}), 1);
  EXPECT_THAT(err_, HasSubstr("no answered call in that period"));
  EXPECT_EQ(rate({"--since", "2026-02-01", "--until", "2026-01-01"}), 1);
}

TEST_F(RepriceTest, a_bar_for_who_watches) {
  is_terminal_ = true;
  EXPECT_EQ(rate({"--since", "2025-12-01"}), 0);
  EXPECT_THAT(err_, HasSubstr("pricing"));
}

TEST_F(RateTest, repricing_needs_a_database) {
  EXPECT_EQ(rate({"--since", "2025-12-01"}), 1);
  EXPECT_THAT(err_, HasSubstr("hotline.db"));
}

}  // namespace
}  // namespace hotline::ctl
