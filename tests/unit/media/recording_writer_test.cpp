#include "media/recording_writer.h"

#include <gtest/gtest.h>

#include "support/temp_dir.h"
#include "unit/media/file_limit.h"
#include "unit/media/packets.h"

namespace hotline::media {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using support::TempDir;

// Feeds as the media thread does, and writes in between.
class Writing : public testing::Test {
 protected:
  RecordingId begin(const std::string& name, std::size_t channels = 2) {
    const auto id = static_cast<RecordingId>(++last_);
    feed_.order(RecordingBegun{id, {dir_ / name, name}, channels, MediaTime(now_)});
    return id;
  }
  bool put(RecordingId id, RecordingSide side = RecordingSide::caller) {
    const Packet packet = rtp(1, 0, static_cast<std::uint32_t>(now_ / 1ms * 8));
    return feed_.take(id, side, *read_rtp(packet), std::span(packet).subspan(12), MediaTime(now_));
  }
  void end(RecordingId id, std::uint64_t dropped = 0) {
    feed_.order(RecordingEnded{id, MediaTime(now_), dropped});
  }
  void work() {
    feed_.flush();
    while (writer_.work()) {
    }
  }

  const TempDir dir_;
  Microseconds now_{1s};
  RecordingFeed feed_{1U << 16};
  std::vector<std::pair<RecordingId, RecordingResult>> told_;
  std::vector<std::string> failures_;
  RecordingWriter writer_{
      feed_,
      {[this](RecordingId, const RecordingResult& result) { failures_.push_back(result.error); },
       [this](RecordingId id, const RecordingResult& result) { told_.emplace_back(id, result); }}};

 private:
  std::uint32_t last_ = 0;
};

TEST_F(Writing, two_recordings_at_once_stay_apart) {
  const RecordingId first = begin("a.wav");
  const RecordingId second = begin("b.wav", 1);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(put(first, RecordingSide::caller));
    ASSERT_TRUE(put(second));
    now_ += 20ms;
    if (i % 10 == 0) work();
  }
  end(second);
  now_ += 1s;
  end(first, 3);
  work();
  ASSERT_EQ(told_.size(), 2u);
  EXPECT_EQ(told_[0].first, second);
  EXPECT_EQ(told_[0].second.duration, 2'000ms);
  EXPECT_EQ(told_[0].second.bytes, 44u + 16'000 * 2);
  EXPECT_EQ(told_[1].first, first);
  EXPECT_EQ(told_[1].second.path, dir_ / "a.wav");
  EXPECT_EQ(told_[1].second.label, "a.wav");
  EXPECT_EQ(told_[1].second.duration, 3'000ms);
  EXPECT_EQ(told_[1].second.dropped, 3u);
  EXPECT_EQ(told_[1].second.error, "");
  EXPECT_EQ(fs::file_size(dir_ / "a.wav"), told_[1].second.bytes);
}

TEST_F(Writing, one_that_cannot_begin_is_told_at_once_and_at_its_end) {
  dir_.write("file", "");
  const RecordingId id = begin("file/a.wav");
  put(id);
  work();
  EXPECT_EQ(failures_, std::vector{dir_ / "file: cannot be made: Not a directory"});
  EXPECT_TRUE(told_.empty());
  put(id);
  end(id);
  work();
  EXPECT_EQ(failures_.size(), 1u);
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].first, id);
  EXPECT_EQ(told_[0].second.error, dir_ / "file: cannot be made: Not a directory");
  EXPECT_EQ(told_[0].second.bytes, 0u);
}

TEST_F(Writing, where_the_writer_is_behind_packets_are_left_out_and_orders_are_not) {
  const RecordingId id = begin("a.wav");
  int left_out = 0;
  for (int i = 0; i < 1'000; ++i) {
    left_out += put(id) ? 0 : 1;
    now_ += 20ms;
  }
  EXPECT_GT(left_out, 600);
  while (feed_.take(id, RecordingSide::phone, {}, {}, MediaTime(now_))) {
  }
  end(id, 7);
  const RecordingId second = begin("b.wav");
  EXPECT_TRUE(feed_.has_orders());
  EXPECT_FALSE(put(second)) << "its begin has not gone through yet";
  work();
  ASSERT_TRUE(told_.empty());
  work();
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].second.dropped, 7u);
  EXPECT_EQ(told_[0].second.duration, 20s) << "silence where packets are missing";
  EXPECT_FALSE(feed_.has_orders());
  EXPECT_TRUE(put(second));
  end(second);
  work();
  EXPECT_EQ(told_.size(), 2u);
}

TEST_F(Writing, a_disk_that_is_full_ends_it_with_what_went) {
  const RecordingId id = begin("a.wav");
  for (int i = 0; i < 100; ++i) {
    put(id);
    now_ += 20ms;
  }
  work();
  {
    const FileLimit limit(50'000);
    for (int i = 0; i < 50; ++i) {
      put(id);
      now_ += 20ms;
    }
    feed_.flush();
    while (writer_.work()) {
    }
  }
  EXPECT_EQ(failures_, std::vector{dir_ / "a.wav.part: cannot be written: File too large"});
  EXPECT_TRUE(told_.empty());
  for (int i = 0; i < 50; ++i) {
    put(id);
    now_ += 20ms;
  }
  end(id);
  work();
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].second.error, failures_[0]);
  EXPECT_EQ(told_[0].second.bytes, 44u + 3 * 4'096 * 4);
  EXPECT_EQ(told_[0].second.bytes, fs::file_size(dir_ / "a.wav"));
  EXPECT_EQ(told_[0].second.sha256.size(), 64u);
  EXPECT_EQ(failures_.size(), 1u);
}

TEST_F(Writing, a_file_that_is_gone_at_the_end_is_told) {
  const RecordingId id = begin("a.wav");
  work();
  fs::remove(dir_ / "a.wav.part");
  end(id);
  work();
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].second.error,
            dir_ / "a.wav.part: cannot be renamed: No such file or directory");
  EXPECT_EQ(told_[0].second.bytes, 0u);
  EXPECT_EQ(told_[0].second.sha256, "");
}

}  // namespace
}  // namespace hotline::media
