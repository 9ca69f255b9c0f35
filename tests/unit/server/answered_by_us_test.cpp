// Callers whom we answer, before a phone does or after it has hung up.
#include "unit/server/audio_fixture.h"

namespace hotline::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A menu: answered by us, told and asked again; then a phone.
TEST_F(AudioPathTest, a_caller_is_answered_by_us_and_bridged_later) {
  path_.perform(call::AnswerCaller{kCall, {}, sdp("192.0.2.1", 4000)});
  path_.perform(call::PlayToCaller{kCall, {"menu.wav"}});
  path_.perform(call::PlayToCaller{kCall, {}});
  path_.played(1, 1);  // of what was stopped
  EXPECT_THAT(later_, IsEmpty());
  path_.perform(call::PlayToCaller{kCall, {"wrong.wav", "menu.wav"}});
  path_.played(1, 2);
  ASSERT_EQ(later_.size(), 1u);
  EXPECT_EQ(std::get<call::PlayedOut>(later_[0]).leg, kCaller);
  path_.perform(call::PlayToCaller{kCall, {}, "tone"});
  ring(kDesk, sdp("192.0.2.1", 4000), true);
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::BridgePhone{kDesk});
  EXPECT_THAT(plane_.done, ElementsAre("aim 1 at 192.0.2.1 4000", "tell menu.wav in 8 to 1",
                                       "stop 1", "tell wrong.wav menu.wav in 8 to 1",
                                       "play tone in 8 to 1", "aim 1 at 192.0.2.1 4000",
                                       "aim 2 at 192.0.2.2 5000", "stop 1", "connect 1 2"));
  ASSERT_EQ(signalling_.said[kCaller].size(), 1u) << "answered once";
  EXPECT_THAT(signalling_.said[kCaller][0], HasSubstr("m=audio 20002 RTP/AVP 8\r\n"));
}

TEST_F(AudioPathTest, music_follows_what_is_said_in_a_queue) {
  call::PlayToCaller play{kCall, {"wait.wav"}, "music.wav", 3};
  play.offer = sdp("192.0.2.1", 4000);
  path_.perform(play);
  EXPECT_EQ(signalling_.said[kCaller].size(), 1u) << "heard before an answer";
  path_.played(1, 1);
  EXPECT_THAT(plane_.done, ElementsAre("aim 1 at 192.0.2.1 4000", "tell ahead:3 wait.wav in 8 to 1",
                                       "play music.wav in 8 to 1"));
  EXPECT_EQ(later_.size(), 1u) << "the end of the words is told, music has none";
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
  EXPECT_EQ(signalling_.said[kCaller][0], signalling_.said[kCaller][1]) << "in one description";
}

// Their end was under way when a phone took the call.
TEST_F(AudioPathTest, words_that_end_too_late_bring_no_music_into_the_talk) {
  path_.perform(call::AnswerCaller{kCall, {}, sdp("192.0.2.1", 4000)});
  path_.perform(call::PlayToCaller{kCall, {"wait.wav"}, "music.wav"});
  ring(kDesk, sdp("192.0.2.1", 4000), true);
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::BridgePhone{kDesk});
  path_.played(1, 1);
  EXPECT_EQ(plane_.done.back(), "connect 1 2");
  EXPECT_THAT(later_, IsEmpty());
}

TEST_F(AudioPathTest, a_prompt_that_is_gone_is_a_tone) {
  path_.perform(call::AnswerCaller{kCall, {}, sdp("192.0.2.1", 4000)});
  path_.perform(call::PlayToCaller{kCall, {"gone"}});
  EXPECT_EQ(plane_.done.back(), "tell tone in 8 to 1");
  path_.played(1, 1);
  EXPECT_EQ(later_.size(), 1u);
}

TEST_F(AudioPathTest, a_caller_who_cannot_be_answered_is_lost) {
  plane_.most = 0;
  path_.perform(call::AnswerCaller{kCall, {}, sdp("192.0.2.1", 4000)});
  EXPECT_THAT(signalling_.refused, ElementsAre(Cause::overload));
  ASSERT_EQ(later_.size(), 1u);
  EXPECT_EQ(std::get<call::CallerLost>(later_[0]).call, kCall);
  path_.perform(call::PlayToCaller{kCall, {"menu.wav"}});
  EXPECT_TRUE(std::holds_alternative<call::PlayedOut>(later_[1])) << "nothing hangs";
}

TEST_F(AudioPathTest, a_caller_alone_changes_its_audio_with_us) {
  path_.perform(call::AnswerCaller{kCall, {}, sdp("192.0.2.1", 4000)});
  hear(call::MediaOffered{kCaller, sdp("192.0.2.9", 4444, "a=recvonly\r\n")});
  path_.perform(call::AcceptMedia{kCaller, {}});
  EXPECT_EQ(plane_.done.back(), "aim 1 at 192.0.2.9 4444 silent");
  EXPECT_THAT(signalling_.said[kCaller].back(), HasSubstr("m=audio 20002 RTP/AVP 8\r\n"));
  call::Media other = sdp("192.0.2.9", 4444);
  other.body.replace(other.body.find("AVP 8"), 5, "AVP 18");
  hear(call::MediaOffered{kCaller, other});
  path_.perform(call::AcceptMedia{kCaller, {}});
  EXPECT_EQ(signalling_.said[kCaller].back(), "488") << "nothing that we speak";
  hear(call::MediaOffered{kCaller, {}});
  path_.perform(call::AcceptMedia{kCaller, {}});
  EXPECT_THAT(signalling_.said[kCaller].back(), HasSubstr("m=audio 20002 RTP/AVP 8 101\r\n"));
}

}  // namespace
}  // namespace hotline::server
