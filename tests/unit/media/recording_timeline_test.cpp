#include "media/recording_timeline.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "unit/media/packets.h"

namespace hotline::media {
namespace {

using namespace std::chrono_literals;

constexpr RecordingSide kCaller = RecordingSide::caller;
constexpr RecordingSide kPhone = RecordingSide::phone;

// Packets of PCMA, each of samples of one value, and what they became.
class Timeline {
 public:
  explicit Timeline(std::size_t channels = 2) : channels_(channels), timeline_(channels, {}) {}

  // `level`: 1 to 15, told apart in what comes out.
  void put(RecordingSide side, Microseconds at, std::uint32_t timestamp, int level,
           std::uint32_t ssrc = 7, std::size_t samples = 160) {
    const Packet payload(samples, to_pcma(static_cast<std::int16_t>(level * 2'000)));
    timeline_.put({side, G711::pcma, ssrc, timestamp, MediaTime(at), payload}, sink_);
  }
  // A packet every 20 ms, from `at` on.
  void talk(RecordingSide side, Microseconds at, std::uint32_t timestamp, int level, int packets,
            std::uint32_t ssrc = 7) {
    for (int i = 0; i < packets; ++i) {
      put(side, at + i * 20ms, timestamp + static_cast<std::uint32_t>(i) * 160, level, ssrc);
    }
  }
  void end(Microseconds at) { timeline_.end(MediaTime(at), sink_); }

  std::size_t samples() const { return out_.size() / channels_; }
  // The level at each 20 ms of a channel, as a text: "5" for 5, "." for silence, "?" for both.
  std::string heard(RecordingSide side) const {
    std::string text;
    for (std::size_t first = 0; first < samples(); first += 160) {
      text += level(side, first, std::min(first + 160, samples()));
    }
    return text;
  }

 private:
  char level(RecordingSide side, std::size_t first, std::size_t last) const {
    const auto at = [&](std::size_t i) {
      return (out_[i * channels_ + static_cast<std::size_t>(side)] + 1'000) / 2'000;
    };
    for (std::size_t i = first; i < last; ++i) {
      if (at(i) != at(first)) return '?';
    }
    return at(first) == 0 ? '.' : "0123456789abcdef"[at(first)];
  }

  std::size_t channels_;
  RecordingTimeline timeline_;
  std::vector<std::int16_t> out_;
  RecordingTimeline::Sink sink_ = [this](std::span<const std::int16_t> samples) {
    EXPECT_LE(samples.size(), RecordingTimeline::kPiece * channels_);
    out_.insert(out_.end(), samples.begin(), samples.end());
  };
};

TEST(RecordingTimeline, has_the_caller_left_and_the_phone_right) {
  Timeline of;
  of.talk(kCaller, 0ms, 1'000, 3, 2);
  for (const int ms : {40, 60, 80}) {
    const auto timestamp = static_cast<std::uint32_t>(ms) * 8;
    of.put(kCaller, ms * 1ms, 1'000 + timestamp, 3);
    of.put(kPhone, ms * 1ms, 999'000 + timestamp, 4);
  }
  of.end(100ms);
  EXPECT_EQ(of.heard(kCaller), "33333");
  EXPECT_EQ(of.heard(kPhone), "..444");
}

TEST(RecordingTimeline, of_a_caller_alone_is_mono) {
  Timeline of(1);
  of.talk(kCaller, 0ms, 0, 3, 3);
  of.talk(kPhone, 0ms, 0, 4, 3);
  of.end(60ms);
  EXPECT_EQ(of.samples(), 480u);
  EXPECT_EQ(of.heard(kCaller), "333");
}

TEST(RecordingTimeline, a_packet_is_where_its_timestamp_says) {
  struct Sent {
    int at_ms;
    int timestamp_ms;
    int level;
  };
  const struct {
    const char* name;
    std::vector<Sent> sent;
    const char* heard;
  } rows[] = {
      {"in order", {{0, 0, 1}, {20, 20, 2}, {40, 40, 3}}, "123"},
      {"one is lost", {{0, 0, 1}, {40, 40, 3}}, "1.3"},
      {"they change places", {{0, 0, 1}, {40, 40, 3}, {41, 20, 2}}, "123"},
      {"twice", {{0, 0, 1}, {20, 20, 2}, {21, 20, 2}, {40, 40, 3}}, "123"},
      {"in one burst", {{0, 0, 1}, {60, 20, 2}, {60, 40, 3}, {60, 60, 4}}, "1234"},
      {"half a second late",
       {{0, 0, 1}, {40, 40, 3}, {500, 500, 4}, {519, 20, 2}},
       "123......................4"},
      {"the first one was late", {{100, 0, 1}, {101, 20, 2}, {102, 40, 3}}, ".....123"},
      {"silence that is not sent", {{0, 0, 1}, {200, 200, 2}}, "1.........2"},
      {"the timestamp stands still meanwhile",
       {{0, 0, 1}, {600, 20, 2}, {620, 40, 3}},
       "1.............................23"},
      {"the timestamp leaps ahead", {{0, 0, 1}, {20, 3'600'000, 2}, {40, 3'600'020, 3}}, "123"},
      {"the timestamp leaps back", {{0, 3'600'000, 1}, {20, 0, 2}, {40, 20, 3}}, "123"},
      {"one is out of all order",
       {{0, 0, 1}, {20, 9'000'000, 2}, {40, 40, 3}, {60, 60, 4}},
       "1234"},
  };
  for (const auto& row : rows) {
    Timeline of;
    for (const Sent& one : row.sent) {
      // From a timestamp on that wraps on the way.
      of.put(kPhone, one.at_ms * 1ms,
             0xffff'ff80 + static_cast<std::uint32_t>(one.timestamp_ms) * 8, one.level);
    }
    of.end(0ms);
    EXPECT_EQ(of.heard(kPhone), row.heard) << row.name;
  }
}

TEST(RecordingTimeline, another_sender_begins_where_he_is_heard) {
  Timeline of;
  of.talk(kPhone, 0ms, 5'000, 1, 3, 0xa);
  of.talk(kPhone, 100ms, 77'000, 2, 3, 0xb);
  of.talk(kPhone, 160ms, 5'480, 3, 1, 0xa);
  of.end(0ms);
  EXPECT_EQ(of.heard(kPhone), "111..2223");
}

TEST(RecordingTimeline, is_as_long_as_the_time_that_passed_whatever_timestamps_say) {
  Timeline of;
  std::uint32_t timestamp = 0;
  for (int i = 0; i < 3'000; ++i) {
    timestamp = timestamp * 1'664'525 + 1'013'904'223;
    of.put(i % 2 == 0 ? kCaller : kPhone, i * 10ms, timestamp, 1, timestamp % 3);
  }
  of.end(30s);
  EXPECT_GE(of.samples(), 30u * 8'000);
  EXPECT_LE(of.samples(), 30u * 8'000 + 4'000 + 160);
}

TEST(RecordingTimeline, long_silence_is_written_as_such) {
  Timeline of;
  of.talk(kCaller, 0ms, 0, 1, 50);
  of.talk(kCaller, 61s, 8'000, 2, 50);  // back from hold, its timestamps did not go on
  of.end(63s);
  ASSERT_EQ(of.samples(), 63u * 8'000);
  EXPECT_EQ(of.heard(kCaller), std::string(50, '1') + std::string(60 * 50, '.') +
                                   std::string(50, '2') + std::string(50, '.'));
}

TEST(RecordingTimeline, ends_when_it_is_told_even_if_nobody_spoke) {
  Timeline of;
  of.end(90ms);
  EXPECT_EQ(of.samples(), 720u);
  EXPECT_EQ(of.heard(kCaller), ".....");
}

TEST(RecordingTimeline, does_not_slip_in_hours) {
  // Both clocks go right; packets jitter by 15 ms.
  Timeline of;
  for (int i = 0; i < 2 * 3'600 * 50; ++i) {
    of.put(kCaller, i * 20ms + i * 7 % 15 * 1ms, static_cast<std::uint32_t>(i) * 160,
           i % 50 == 0 ? 5 : 1);
  }
  of.end(0ms);
  const std::string heard = of.heard(kCaller);
  ASSERT_EQ(heard.size(), 2u * 3'600 * 50);
  EXPECT_EQ(heard.substr(heard.size() - 100),
            "5" + std::string(49, '1') + "5" + std::string(49, '1'));
}

TEST(RecordingTimeline, what_no_packet_holds_is_left_out) {
  Timeline of;
  of.put(kCaller, 0ms, 0, 1, 7, 0);
  of.put(kCaller, 0ms, 0, 2, 7, 5'000);
  of.end(0ms);
  EXPECT_EQ(of.samples(), RecordingTimeline::kMostSamples);
}

TEST(RecordingTimeline, both_laws_are_read) {
  RecordingTimeline timeline(1, {});
  std::vector<std::int16_t> out;
  const auto sink = [&](std::span<const std::int16_t> samples) {
    out.assign(samples.begin(), samples.end());
  };
  const Packet pcma(10, to_pcma(5'000));
  const Packet pcmu(10, to_pcmu(5'000));
  timeline.put({kCaller, G711::pcma, 1, 0, {}, pcma}, sink);
  timeline.put({kCaller, G711::pcmu, 1, 10, {}, pcmu}, sink);
  timeline.end({}, sink);
  ASSERT_EQ(out.size(), 20u);
  EXPECT_NEAR(out[0], 5'000, 130);
  EXPECT_NEAR(out[19], 5'000, 130);
}

}  // namespace
}  // namespace hotline::media
