// Audio that goes on in another process.
#include "unit/server/audio_fixture.h"

namespace hotline::server {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AdoptedTest : public AudioPathTest {
 protected:
  // The journal's row of a call whose phone has just answered.
  call::JournalAnswer answered(bool as_played = false) {
    ring(kDesk, sdp("192.0.2.1", 4000), as_played);
    hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
    call::JournalAnswer answer;
    answer.call = kCall;
    answer.phone = kDesk;
    answer.said = sdp("192.0.2.2", 5000);
    path_.describe(answer);
    return answer;
  }
  static constexpr CallRef kLater{9};

  FakeSignalling later_signalling_;
  FakePlane later_plane_;
  AudioPath later_path_{later_signalling_,
                        later_plane_,
                        {Milliseconds(30'000), [](const routing::PhoneAddress&) { return false; }},
                        [](call::Event) {}};
};

TEST_F(AdoptedTest, the_journal_has_what_the_caller_is_then_told) {
  const call::JournalAnswer answer = answered();
  path_.perform(call::BridgePhone{kDesk});
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
  EXPECT_EQ(answer.said.body, signalling_.said[kCaller].back());
  EXPECT_THAT(answer.said.body, HasSubstr("m=audio 20002"));
}

TEST_F(AdoptedTest, both_sides_have_their_ports_again_and_hear_each_other) {
  const call::JournalAnswer answer = answered();
  const auto resumed = later_path_.adopt(kLater, answer.audio, now_);
  ASSERT_TRUE(resumed);
  EXPECT_FALSE(resumed->is_played_to);
  EXPECT_TRUE(resumed->hears_tones);
  EXPECT_THAT(later_plane_.done,
              ElementsAre("open 1 at 20002", "aim 1 at 192.0.2.1 4000", "open 2 at 20004",
                          "aim 2 at 192.0.2.2 5000", "connect 1 2"));
}

// RFC 3264 §8: the same session, the next version.
TEST_F(AdoptedTest, descriptions_go_on_where_they_were) {
  const call::JournalAnswer answer = answered();
  ASSERT_TRUE(later_path_.adopt(kLater, answer.audio, now_));
  later_path_.perform(
      call::OfferMedia{LegId::caller(kLater), sdp("192.0.2.2", 5000, "a=sendonly\r\n")});
  const std::string& now = later_signalling_.said[LegId::caller(kLater)].back();
  const auto origin = [](const std::string& body) {
    return body.substr(body.find("o="), body.find("\r\n", body.find("o=")) - body.find("o="));
  };
  EXPECT_EQ(origin(answer.said.body), "o=- 7 1 IN IP4 127.0.0.9");
  EXPECT_EQ(origin(now), "o=- 7 2 IN IP4 127.0.0.9");
}

TEST_F(AdoptedTest, what_was_agreed_on_since_is_what_goes_on) {
  const call::JournalAnswer answer = answered();
  path_.perform(call::BridgePhone{kDesk});
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
  hear(call::MediaOffered{kCaller, sdp("192.0.2.1", 4444, "a=sendonly\r\n")});
  path_.perform(call::OfferMedia{kDesk, sdp("192.0.2.1", 4444, "a=sendonly\r\n")});
  hear(call::MediaAccepted{kDesk, sdp("192.0.2.2", 5000, "a=recvonly\r\n")});
  path_.perform(call::AcceptMedia{kCaller, sdp("192.0.2.2", 5000, "a=recvonly\r\n")});
  call::JournalMedia media{kCall, {}};
  path_.describe(media);
  ASSERT_NE(media.audio, answer.audio);
  const auto resumed = later_path_.adopt(kLater, media.audio, now_);
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->to_caller.body, signalling_.said[kCaller].back());
  EXPECT_EQ(resumed->to_phone.body, signalling_.said[kDesk].back());
  EXPECT_THAT(later_plane_.done, Contains("aim 1 at 192.0.2.1 4444"));
}

// In a menu. It is told the same when it is answered, after this is written down.
TEST_F(AdoptedTest, a_caller_without_a_phone_is_spoken_to_again) {
  call::JournalAnswer answer;
  answer.call = kCall;
  answer.offer = sdp("192.0.2.1", 4000);
  path_.describe(answer);
  EXPECT_THAT(signalling_.said[kCaller], IsEmpty());
  path_.perform(call::AnswerCaller{kCall, {}, sdp("192.0.2.1", 4000)});
  EXPECT_EQ(answer.said.body, signalling_.said[kCaller].back());
  const auto resumed = later_path_.adopt(kLater, answer.audio, now_);
  ASSERT_TRUE(resumed && resumed->is_played_to);
  EXPECT_EQ(resumed->offer.body, answer.offer.body);
  EXPECT_TRUE(resumed->to_phone.empty());
  later_path_.perform(call::PlayToCaller{kLater, {"menu.wav"}});
  EXPECT_THAT(later_plane_.done,
              ElementsAre("open 1 at 20002", "aim 1 at 192.0.2.1 4000", "tell menu.wav in 8 to 1"));
  EXPECT_EQ(later_path_.legs(), 1u);
}

TEST_F(AdoptedTest, nothing_is_left_where_a_port_is_gone_or_the_text_is_none_of_ours) {
  const call::JournalAnswer answer = answered();
  later_plane_.most = 1;
  EXPECT_FALSE(later_path_.adopt(kLater, answer.audio, now_));
  EXPECT_EQ(later_plane_.done.back(), "close 1");
  for (const char* text : {"", "{}", "nonsense", "{\"caller\":{},\"phone\":{}}"}) {
    EXPECT_FALSE(later_path_.adopt(kLater, text, now_)) << text;
  }
  EXPECT_EQ(later_path_.legs(), 0u);
}

TEST_F(AdoptedTest, a_caller_who_is_played_to_still_is) {
  const call::JournalAnswer answer = answered(true);
  const auto resumed = later_path_.adopt(kLater, answer.audio, now_);
  ASSERT_TRUE(resumed && resumed->is_played_to);
  later_path_.perform(call::PlayToCaller{kLater, {}, "music.wav"});
  EXPECT_EQ(later_plane_.done.back(), "play music.wav in 8 to 1");
  EXPECT_THAT(later_signalling_.said[LegId::caller(kLater)], IsEmpty());
}

}  // namespace
}  // namespace hotline::server
