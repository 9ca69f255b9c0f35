#include "server/vitals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotline::server {
namespace {

using testing::HasSubstr;

class NoLog final : public call::Watcher {
 public:
  void happened(const call::Event&, const cdr::Record*) override {}
  void ended(const cdr::Record&) override { ++ended_calls; }
  void posted(const billing::Posting&) override {}
  int ended_calls = 0;
};

TEST(Vitals, are_written_in_prometheus_text) {
  Vitals vitals;
  vitals.version = "1.2";
  vitals.not_ready = "draining";
  vitals.calls = {{"talking", 3}};
  vitals.waiting = {{"4001234567/\"main\"", 2}};
  vitals.trunks = {{"carrier", true, 5, {{"udp:127.0.0.1:5060", true}, {"udp:[::1]:5060", false}}}};
  vitals.reserved = Money::from_li(1'234);
  vitals.strangers = 18'446'744;
  vitals.bans = 3;
  vitals.rtp.packets_in = 500;
  vitals.rtp.foreign = 10'000;
  const std::string text = to_prometheus(vitals);
  for (const char* line :
       {"# HELP hotline_calls Live calls, by state\n# TYPE hotline_calls gauge\n",
        "\nhotline_calls{state=\"talking\"} 3\n", "\nhotline_build_info{version=\"1.2\"} 1\n",
        "\nhotline_ready 0\n", "\nhotline_queue_waiting{queue=\"4001234567/\\\"main\\\"\"} 2\n",
        "\nhotline_trunk_up{trunk=\"carrier\"} 1\n", "\nhotline_trunk_calls{trunk=\"carrier\"} 5\n",
        "\nhotline_gateway_up{trunk=\"carrier\",gateway=\"udp:[::1]:5060\"} 0\n",
        "\nhotline_reserved_yuan 1.234\n", "# TYPE hotline_strangers_total counter\n",
        "\nhotline_strangers_total 18446744\n", "\nhotline_bans_total 3\n",
        "\nhotline_rtp_packets_total{direction=\"in\"} 500\n",
        "\nhotline_rtp_dropped_total{reason=\"foreign\"} 10000\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(Vitals, have_times_as_cumulative_histograms) {
  Timing timing;
  for (const int ms : {1, 1, 3, 60'000}) timing.add(std::chrono::milliseconds(ms));
  Vitals vitals;
  vitals.commit = timing;
  const std::string text = to_prometheus(vitals);
  for (const char* line :
       {"# TYPE hotline_store_commit_seconds histogram\n",
        "\nhotline_store_commit_seconds_count 4\n", "\nhotline_store_commit_seconds_sum 60.005",
        "\nhotline_store_commit_seconds_bucket{le=\"0.0005\"} 0\n",
        "\nhotline_store_commit_seconds_bucket{le=\"0.001\"} 2\n",
        "\nhotline_store_commit_seconds_bucket{le=\"0.005\"} 3\n",
        "\nhotline_store_commit_seconds_bucket{le=\"30\"} 3\n",
        "\nhotline_store_commit_seconds_bucket{le=\"+Inf\"} 4\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(CallTally, counts_what_became_of_calls) {
  NoLog log;
  CallTally tally(log);
  cdr::Record record;
  record.received = WallTime(Milliseconds(1'000));
  record.release.cause = Cause::hung_up;
  record.first_ring = WallTime(Milliseconds(1'015));
  record.answered = WallTime(Milliseconds(4'000));
  record.ring = Milliseconds(3'000);
  tally.ended(record);
  tally.ended(record);
  cdr::Record refused;
  refused.release.cause = Cause::blacklisted;
  tally.ended(refused);
  EXPECT_EQ(log.ended_calls, 3);
  Vitals vitals;
  vitals.ended = tally.ended_calls();
  vitals.until_ring = tally.until_ring();
  vitals.until_answer = tally.until_answer();
  const std::string text = to_prometheus(vitals);
  EXPECT_THAT(text,
              HasSubstr("\nhotline_calls_ended_total{cause=\"hung_up\",answered=\"yes\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("{cause=\"" + std::string(to_string(Cause::blacklisted)) +
                              "\",answered=\"no\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\nhotline_ring_delay_seconds_bucket{le=\"0.02\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("\nhotline_ring_delay_seconds_bucket{le=\"0.01\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("\nhotline_answer_delay_seconds_sum 6\n"));
}

}  // namespace
}  // namespace hotline::server
