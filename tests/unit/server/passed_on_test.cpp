// What is heard beside the talk, and callers who are passed on to another phone.
#include "unit/server/audio_fixture.h"

namespace hotline::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PassedOnTest : public AudioPathTest {
 protected:
  // The same call, but in our own codec.
  void talk_as_played() {
    ring(kDesk, sdp("192.0.2.1", 4000), true);
    hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
    path_.perform(call::BridgePhone{kDesk});
    path_.perform(call::ConfirmPhone{kDesk, {}});
    path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
    plane_.done.clear();
  }
  void hold() {
    hear(call::MediaOffered{kDesk, sdp("192.0.2.2", 5000, "a=sendonly\r\n")});
    path_.perform(call::OfferMedia{kCaller, sdp("192.0.2.2", 5000, "a=sendonly\r\n")});
    hear(call::MediaAccepted{kCaller, sdp("192.0.2.1", 4000, "a=recvonly\r\n")});
    path_.perform(call::AcceptMedia{kDesk, sdp("192.0.2.1", 4000, "a=recvonly\r\n")});
    plane_.done.clear();
  }
  void pass_on() {
    call::RingPhone wish;
    wish.leg = kLi;
    wish.as_played = true;
    path_.perform(wish);
  }
};

TEST_F(PassedOnTest, a_phone_is_told_something_once) {
  ring(kDesk, sdp("192.0.2.1", 4000), true);
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::PlayToPhone{kDesk, "whisper.wav", true});
  EXPECT_EQ(plane_.done.back(), "tell whisper.wav in 8 to 2");
  path_.played(2, 9);  // of something else
  EXPECT_THAT(later_, IsEmpty());
  path_.played(2, 1);
  ASSERT_EQ(later_.size(), 1u);
  EXPECT_EQ(std::get<call::PlayedOut>(later_[0]).leg, kDesk);
  path_.played(2, 1);
  EXPECT_EQ(later_.size(), 1u);
}

// The caller hears what it plays before it answers; then it is told something, and bridged.
TEST_F(PassedOnTest, a_phone_that_was_heard_early_is_told_no_longer_than_until_it_is_bridged) {
  ring(kDesk, sdp("192.0.2.1", 4000), true);
  hear(call::PhoneRang{kDesk, sdp("192.0.2.2", 5000)});
  path_.perform(call::TellRinging{kCall, sdp("192.0.2.2", 5000)});
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::PlayToPhone{kDesk, "press_1.wav"});
  plane_.done.clear();
  path_.perform(call::BridgePhone{kDesk});
  EXPECT_THAT(plane_.done, ElementsAre("stop 2"));
}

TEST_F(PassedOnTest, what_cannot_be_told_is_over_at_once) {
  ring(kDesk, sdp("192.0.2.1", 4000), true);
  path_.perform(call::PlayToPhone{kDesk, "whisper.wav", true});  // nothing is known of it yet
  EXPECT_EQ(std::get<call::PlayedOut>(later_.at(0)).leg, kDesk);
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::PlayToPhone{kDesk, "gone", true});
  EXPECT_EQ(std::get<call::PlayedOut>(later_.at(1)).leg, kDesk);
  path_.perform(call::PlayToPhone{kLi, "whisper.wav", true});  // has no audio with us
  EXPECT_EQ(std::get<call::PlayedOut>(later_.at(2)).leg, kLi);
}

TEST_F(PassedOnTest, both_hear_the_credit_tone_in_the_codec_they_agreed_on) {
  path_.perform(call::SoundCreditTone{kCall});  // of a call that has no audio with us
  talk();
  path_.perform(call::SoundCreditTone{kCall});
  EXPECT_THAT(plane_.done, ElementsAre("remind 1 in 8", "remind 2 in 8"));
  // The phone changes to another codec of ours, then to one that is not.
  for (const char* formats : {"RTP/AVP 0", "RTP/AVP 18"}) {
    plane_.done.clear();
    call::Media other = sdp("192.0.2.1", 4000);
    other.body.replace(other.body.find("RTP/AVP 8"), 9, formats);
    hear(call::MediaOffered{kDesk, other});
    hear(call::MediaAccepted{kCaller, other});
    path_.perform(call::AcceptMedia{kDesk, other});
    plane_.done.clear();
    path_.perform(call::SoundCreditTone{kCall});
    if (std::string(formats) == "RTP/AVP 0") {
      EXPECT_THAT(plane_.done, ElementsAre("remind 1 in 0", "remind 2 in 0"));
    } else {
      EXPECT_THAT(plane_.done, IsEmpty());
    }
  }
}

TEST_F(PassedOnTest, another_phone_is_offered_the_callers_codec_and_hears_it) {
  talk_as_played();
  const auto told = signalling_.said[kCaller].size();
  pass_on();
  EXPECT_THAT(signalling_.said[kLi].back(), HasSubstr("m=audio 20006 RTP/AVP 8 101\r\n"));
  path_.perform(call::PlayToCaller{kCall, {}, "hold.wav"});
  hear(call::PhoneAnswered{kLi, sdp("192.0.2.3", 6000), "", ""});
  path_.perform(call::BridgePhone{kLi});
  path_.perform(call::HangUp{kDesk});
  EXPECT_THAT(plane_.done, ElementsAre("play hold.wav in 8 to 1", "aim 3 at 192.0.2.3 6000",
                                       "stop 1", "connect 1 3", "close 2"));
  EXPECT_EQ(signalling_.said[kCaller].size(), told) << "nothing has changed for the caller";
  cdr::Record record;
  path_.count(kCall, record);
  EXPECT_EQ(record.phone_audio, "counted 3");
}

TEST_F(PassedOnTest, a_caller_on_hold_is_taken_back) {
  talk_as_played();
  hold();
  pass_on();
  hear(call::PhoneAnswered{kLi, sdp("192.0.2.3", 6000), "", ""});
  path_.perform(call::BridgePhone{kLi});
  const std::string offered = signalling_.said[kCaller].back();
  EXPECT_THAT(offered, HasSubstr("a=sendrecv\r\n"));
  EXPECT_THAT(offered, HasSubstr("m=audio 20002 RTP/AVP 8 101\r\n"));
  hear(call::MediaAccepted{kCaller, sdp("192.0.2.1", 4000)});
  EXPECT_EQ(plane_.done.back(), "aim 1 at 192.0.2.1 4000");
}

TEST_F(PassedOnTest, whom_nobody_takes_is_back_where_it_was) {
  talk_as_played();
  pass_on();
  path_.perform(call::PlayToCaller{kCall, {}, "hold.wav"});
  hear(call::PhoneFailed{kLi, call::Failure::busy, 486});
  path_.perform(call::PlayToCaller{kCall, {}});
  EXPECT_THAT(plane_.done, ElementsAre("play hold.wav in 8 to 1", "close 3", "stop 1"));
}

TEST_F(PassedOnTest, nobody_is_rung_for_a_caller_in_a_codec_of_others) {
  talk_as_played();
  call::Media other = sdp("192.0.2.1", 4000);
  other.body.replace(other.body.find("RTP/AVP 8"), 9, "RTP/AVP 18");
  hear(call::MediaAccepted{kCaller, other});
  signalling_.rung.clear();
  pass_on();
  EXPECT_THAT(signalling_.rung, IsEmpty());
  const auto failed = std::get<call::PhoneFailed>(later_.at(0));
  EXPECT_EQ(failed.leg, kLi);
  EXPECT_EQ(failed.status, 488);
  EXPECT_EQ(path_.legs(), 2u);
}

}  // namespace
}  // namespace hotline::server
