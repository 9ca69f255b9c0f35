#include <algorithm>

#include <gtest/gtest.h>
#include <sndfile.h>

#include "media/g711.h"
#include "support/temp_dir.h"
#include "unit/media/relay_rig.h"

namespace hotline::media {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using support::TempDir;

class RecordingTest : public RelayTest {
 protected:
  void SetUp() override {
    begin();
    at_caller = open_for(caller);
    at_phone = open_for(phone);
    introduce(caller, at_caller, phone, at_phone);
  }

  // 20 ms of one level, every 20 ms of the clock.
  void say(Peer& peer, const OpenedLeg& leg, int level, int packets, std::uint8_t type = 8) {
    for (int i = 0; i < packets; ++i) {
      const std::uint64_t before = in(leg);
      const auto step = static_cast<std::uint32_t>(++sent_);
      Packet packet = rtp(0xa, static_cast<std::uint16_t>(step), step * 160, type);
      const auto sample = static_cast<std::int16_t>(level * 2'000);
      std::fill(packet.begin() + 12, packet.end(), type == 8 ? to_pcma(sample) : to_pcmu(sample));
      peer.send(packet, leg.rtp_port);
      ASSERT_TRUE(comes_true([&] { return in(leg) == before + 1; }));
      pass(20ms);
    }
  }

  // The level at each 20 ms, "." for silence.
  std::string heard(const std::string& name, int channel) {
    SF_INFO info{};
    SNDFILE* file = sf_open((dir / name).c_str(), SFM_READ, &info);
    if (file == nullptr) return sf_strerror(nullptr);
    std::vector<std::int16_t> samples(static_cast<std::size_t>(info.frames * info.channels));
    sf_readf_short(file, samples.data(), info.frames);
    sf_close(file);
    std::string text;
    for (sf_count_t at = 80; at < info.frames; at += 160) {
      const int level =
          (samples[static_cast<std::size_t>(at * info.channels + channel)] + 1'000) / 2'000;
      text += level == 0 ? '.' : static_cast<char>('0' + level);
    }
    return text;
  }

  const TempDir dir;
  Peer caller{kOurs};
  Peer phone{kOurs};
  OpenedLeg at_caller;
  OpenedLeg at_phone;

 private:
  int sent_ = 0;
};

TEST_F(RecordingTest, has_both_sides_of_a_call) {
  const RecordingId id = relay->record(at_caller.id, at_phone.id, {dir / "a.wav"});
  settle();
  say(caller, at_caller, 3, 4);
  say(phone, at_phone, 5, 3);
  say(caller, at_caller, 4, 2, 0);
  relay->stop_recording(id);
  const auto told = results(1);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].first, id);
  EXPECT_EQ(told[0].second.error, "");
  EXPECT_EQ(told[0].second.path, dir / "a.wav");
  EXPECT_EQ(told[0].second.duration, 180ms);
  EXPECT_EQ(told[0].second.bytes, fs::file_size(dir / "a.wav"));
  EXPECT_EQ(told[0].second.sha256.size(), 64u);
  EXPECT_EQ(heard("a.wav", 0), "3333...44");
  EXPECT_EQ(heard("a.wav", 1), "....555..");
}

TEST_F(RecordingTest, what_is_not_taken_is_not_recorded) {
  const RecordingId id = relay->record(at_caller.id, at_phone.id, {dir / "a.wav"});
  settle();
  Peer stranger(kOurs);
  stranger.talks_to(kOurs);
  say(caller, at_caller, 3, 1);
  stranger.send(rtp(0xa, 2, 320), at_caller.rtp_port);
  say(caller, at_caller, 3, 1);
  const std::uint64_t before = in(at_caller);
  caller.send(telephone_event(0xa, 9, 480, 5, false, 160), at_caller.rtp_port);
  ASSERT_TRUE(comes_true([&] { return in(at_caller) == before + 1; }));
  say(caller, at_caller, 9, 2, 18);
  relay->stop_recording(id);
  results(1);
  EXPECT_EQ(of(at_caller).foreign, 1u);
  EXPECT_EQ(heard("a.wav", 0), "33..") << "no stranger, no key, no other codec";
}

TEST_F(RecordingTest, goes_on_with_another_phone_until_the_callers_leg_is_closed) {
  relay->record(at_caller.id, std::nullopt, {dir / "a.wav"});
  settle();
  const RecordingId id{1};
  say(phone, at_phone, 5, 2);
  relay->record_phone(id, at_phone.id);
  settle();
  say(phone, at_phone, 5, 2);
  relay->close(at_phone.id);
  Peer second(kOurs);
  const OpenedLeg at_second = open_for(second);
  relay->record_phone(id, at_second.id);
  settle();
  say(caller, at_caller, 3, 1);
  say(second, at_second, 6, 2);
  EXPECT_TRUE(results().empty());
  relay->close(at_caller.id);
  EXPECT_EQ(results(1)[0].second.duration, 140ms);
  EXPECT_EQ(heard("a.wav", 0), "....3..");
  EXPECT_EQ(heard("a.wav", 1), "..55.66");
}

TEST_F(RecordingTest, of_a_caller_alone_is_mono) {
  const RecordingId id = relay->record_alone(at_caller.id, {dir / "a.wav"});
  settle();
  say(caller, at_caller, 3, 2);
  say(phone, at_phone, 5, 2);
  relay->stop_recording(id);
  EXPECT_EQ(results(1)[0].second.bytes, 44u + 640 * 2);
  EXPECT_EQ(heard("a.wav", 0), "33..");
}

TEST_F(RecordingTest, a_new_one_ends_the_one_before) {
  relay->record(at_caller.id, at_phone.id, {dir / "a.wav"});
  settle();
  say(caller, at_caller, 3, 1);
  const RecordingId second = relay->record(at_caller.id, at_phone.id, {dir / "b.wav"});
  settle();
  say(phone, at_phone, 4, 1);
  relay->stop_recording(second);
  EXPECT_EQ(results(2)[1].first, second);
  EXPECT_EQ(heard("a.wav", 0), "3");
  EXPECT_EQ(heard("b.wav", 1), "4");
}

TEST_F(RecordingTest, the_relays_end_finishes_all) {
  relay->record(at_caller.id, at_phone.id, {dir / "a.wav"});
  settle();
  say(caller, at_caller, 3, 2);
  relay.reset();
  ASSERT_EQ(results().size(), 1u);
  EXPECT_EQ(results()[0].second.error, "");
  EXPECT_EQ(heard("a.wav", 0), "33");
}

TEST_F(RecordingTest, a_call_does_not_notice_that_its_recording_fails) {
  dir.write("file", "");
  relay->record(at_caller.id, at_phone.id, {dir / "file/a.wav"});
  EXPECT_EQ(events(1), std::deque{"failed 1 " + dir / "file: cannot be made: Not a directory"});
  say(caller, at_caller, 3, 1);
  EXPECT_EQ(phone.next().size(), 172u);
  EXPECT_TRUE(results().empty());
  relay->close(at_caller.id);
  EXPECT_EQ(results(1)[0].second.bytes, 0u);
}

}  // namespace
}  // namespace hotline::media
