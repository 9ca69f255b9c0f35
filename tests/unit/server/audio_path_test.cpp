#include "unit/server/audio_fixture.h"

namespace hotline::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(AudioPathTest, puts_our_place_into_what_goes_out_and_aims_at_what_comes_in) {
  ring(kDesk, sdp("192.0.2.1", 4000));
  EXPECT_THAT(signalling_.said[kDesk].back(), HasSubstr("o=- 7 1 IN IP4 127.0.0.9\r\n"));
  EXPECT_THAT(signalling_.said[kDesk].back(), HasSubstr("m=audio 20004 "));
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::BridgePhone{kDesk});
  path_.perform(call::ConfirmPhone{kDesk, {}});
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
  EXPECT_THAT(signalling_.said[kCaller].back(), HasSubstr("m=audio 20002 "));
  EXPECT_THAT(plane_.done,
              ElementsAre("aim 1 at 192.0.2.1 4000", "aim 2 at 192.0.2.2 5000", "connect 1 2"));
}

TEST_F(AudioPathTest, early_media_and_answer_are_one_description) {
  ring(kDesk, sdp("192.0.2.1", 4000));
  hear(call::PhoneRang{kDesk, sdp("192.0.2.2", 5000)});
  EXPECT_THAT(plane_.done, testing::Not(testing::Contains("connect 1 2")));  // not wanted yet
  path_.perform(call::TellRinging{kCall, sdp("192.0.2.2", 5000)});
  EXPECT_EQ(plane_.done.back(), "connect 1 2");
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::BridgePhone{kDesk});
  path_.perform(call::ConfirmPhone{kDesk, {}});
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
  ASSERT_EQ(signalling_.said[kCaller].size(), 2u);
  EXPECT_EQ(signalling_.said[kCaller][0], signalling_.said[kCaller][1]);
}

TEST_F(AudioPathTest, each_description_that_differs_has_the_next_version) {
  talk();
  for (const char* direction : {"a=sendonly\r\n", "a=sendonly\r\n", "a=sendrecv\r\n"}) {
    hear(call::MediaOffered{kDesk, sdp("192.0.2.2", 5000, direction)});
    path_.perform(call::OfferMedia{kCaller, sdp("192.0.2.2", 5000, direction)});
  }
  std::vector<std::string> origins;
  for (const std::string& said : signalling_.said[kCaller]) origins.push_back(said.substr(5, 9));
  EXPECT_THAT(origins, ElementsAre("o=- 7 1 I", "o=- 7 2 I", "o=- 7 2 I", "o=- 7 3 I"));
}

TEST_F(AudioPathTest, of_parallel_phones_the_one_that_is_confirmed_is_heard) {
  ring(kDesk, sdp("192.0.2.1", 4000));
  ring(kLi, sdp("192.0.2.1", 4000));
  hear(call::PhoneAnswered{kLi, sdp("192.0.2.3", 6000), "", ""});
  path_.perform(call::CancelPhone{kDesk, true});
  path_.perform(call::BridgePhone{kLi});
  path_.perform(call::ConfirmPhone{kLi, {}});
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});  // too late
  path_.perform(call::HangUp{kDesk, Cause::hung_up});
  EXPECT_THAT(plane_.done, testing::IsSupersetOf({"connect 1 3", "close 2"}));
  EXPECT_THAT(plane_.done, testing::Not(testing::Contains("connect 1 2")));
}

TEST_F(AudioPathTest, a_change_counts_once_it_is_accepted) {
  talk();
  hear(call::MediaOffered{kDesk, sdp("192.0.2.8", 5000)});
  path_.perform(call::RejectMedia{kDesk, 488});
  EXPECT_THAT(plane_.done, IsEmpty());
  hear(call::MediaOffered{kDesk, sdp("192.0.2.9", 5000, "a=inactive\r\n")});
  hear(call::MediaAccepted{kCaller, sdp("192.0.2.1", 4002, "a=inactive\r\n")});
  path_.perform(call::AcceptMedia{kDesk, sdp("192.0.2.1", 4002, "a=inactive\r\n")});
  EXPECT_THAT(plane_.done,
              ElementsAre("aim 1 at 192.0.2.1 4002 silent", "aim 2 at 192.0.2.9 5000 silent"));
}

TEST_F(AudioPathTest, a_phone_that_offers_first) {
  ring(kDesk, {});
  EXPECT_EQ(signalling_.said[kDesk].back(), "");
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::BridgePhone{kDesk});
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
  EXPECT_THAT(signalling_.said[kCaller].back(), HasSubstr("m=audio 20002 "));
  hear(call::CallerConfirmed{kCall, sdp("192.0.2.1", 4000)});
  path_.perform(call::ConfirmPhone{kDesk, sdp("192.0.2.1", 4000)});
  EXPECT_THAT(signalling_.said[kDesk].back(), HasSubstr("m=audio 20004 "));
  EXPECT_THAT(plane_.done,
              ElementsAre("aim 2 at 192.0.2.2 5000", "connect 1 2", "aim 1 at 192.0.2.1 4000"));
}

TEST_F(AudioPathTest, each_side_gets_an_address_of_its_version) {
  phones_by_v6_ = true;
  ring(kDesk, sdp("192.0.2.1", 4000));
  EXPECT_THAT(signalling_.said[kDesk].back(), HasSubstr("c=IN IP6 ::1\r\n"));
  hear(call::PhoneAnswered{kDesk, sdp("2001:db8::1", 5000), "", ""});
  path_.perform(call::AnswerCaller{kCall, sdp("2001:db8::1", 5000)});
  EXPECT_THAT(signalling_.said[kCaller].back(), HasSubstr("c=IN IP4 127.0.0.9\r\n"));
}

TEST_F(AudioPathTest, says_whether_a_caller_can_be_played_to) {
  struct Row {
    const char* formats;
    call::Playing playing;
  };
  for (const Row& row : {Row{"8", call::Playing::possible}, Row{"18 0", call::Playing::possible},
                         Row{"18 96", call::Playing::no_codec}}) {
    call::CallOffered offered;
    offered.offer = sdp("192.0.2.1", 4000);
    offered.offer.body.replace(offered.offer.body.find("AVP 8") + 4, 1, row.formats);
    call::Event event = offered;
    path_.before(event, now_);
    EXPECT_EQ(std::get<call::CallOffered>(event).playing, row.playing) << row.formats;
  }
  call::Event delayed = call::CallOffered{};
  path_.before(delayed, now_);
  EXPECT_EQ(std::get<call::CallOffered>(delayed).playing, call::Playing::none);
}

// A caller that offers G.729 first, PCMU and keys as 96: the music, two phones, the answer.
TEST_F(AudioPathTest, a_caller_who_is_played_to_hears_one_description) {
  call::Media offer = sdp("192.0.2.1", 4000, "a=rtpmap:96 telephone-event/8000\r\n");
  offer.body.replace(offer.body.find("AVP 8") + 4, 1, "18 0 96");
  ring(kDesk, offer, true);
  EXPECT_THAT(signalling_.said[kDesk].back(), HasSubstr("m=audio 20004 RTP/AVP 0 96\r\n"));
  hear(call::PhoneRang{kDesk, {}});
  path_.perform(call::TellRinging{kCall, {}, "prompts/default.wav"});
  hear(call::PhoneFailed{kDesk, call::Failure::busy, 486});
  ring(kLi, offer, true);
  hear(call::PhoneAnswered{kLi, sdp("192.0.2.3", 6000), "", ""});
  path_.perform(call::BridgePhone{kLi});
  path_.perform(call::ConfirmPhone{kLi, {}});
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.3", 6000)});
  EXPECT_THAT(
      plane_.done,
      ElementsAre("aim 1 at 192.0.2.1 4000", "play prompts/default.wav in 0 to 1", "close 2",
                  "aim 1 at 192.0.2.1 4000", "aim 3 at 192.0.2.3 6000", "stop 1", "connect 1 3"));
  ASSERT_EQ(signalling_.said[kCaller].size(), 2u);
  EXPECT_EQ(signalling_.said[kCaller][0], signalling_.said[kCaller][1]);
  EXPECT_THAT(signalling_.said[kCaller][0], HasSubstr("m=audio 20002 RTP/AVP 0 96\r\n"));
}

// No phone rang before it answered: there was nothing to play, and still one codec for both.
TEST_F(AudioPathTest, a_caller_who_was_not_played_to_yet_hears_the_phones_answer) {
  ring(kDesk, sdp("192.0.2.1", 4000), true);
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000, "a=ptime:40\r\n"), "", ""});
  path_.perform(call::BridgePhone{kDesk});
  path_.perform(call::ConfirmPhone{kDesk, {}});
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000, "a=ptime:40\r\n")});
  EXPECT_THAT(signalling_.said[kCaller].back(), HasSubstr("a=ptime:40\r\n"));
  EXPECT_THAT(plane_.done, testing::Not(testing::Contains("stop 1")));
}

TEST_F(AudioPathTest, a_phone_hears_that_it_has_to_press_a_key) {
  ring(kDesk, sdp("192.0.2.1", 4000));
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::PlayToPhone{kDesk, "press_1.wav"});
  path_.perform(call::ConfirmPhone{kDesk, {}});
  path_.pressed(2, '1');
  path_.pressed(3, '1');  // of a leg that is gone
  ASSERT_EQ(later_.size(), 1u);
  EXPECT_EQ(std::get<call::KeyPressed>(later_[0]).leg, kDesk);
  EXPECT_EQ(std::get<call::KeyPressed>(later_[0]).key, '1');
  path_.perform(call::BridgePhone{kDesk});
  EXPECT_THAT(plane_.done, ElementsAre("aim 1 at 192.0.2.1 4000", "aim 2 at 192.0.2.2 5000",
                                       "play press_1.wav in 8 to 2", "stop 2", "connect 1 2"));
}

TEST_F(AudioPathTest, a_key_that_comes_both_ways_counts_once) {
  ring(kDesk, sdp("192.0.2.1", 4000));
  ring(kLi, sdp("192.0.2.1", 4000));
  const call::KeyPressed heard{kDesk, '1'}, written{kDesk, '1', true};
  EXPECT_FALSE(path_.repeats(heard));
  EXPECT_TRUE(path_.repeats(written));
  EXPECT_FALSE(path_.repeats(heard));
  // Another leg has a way of its own, and keeps it.
  EXPECT_FALSE(path_.repeats(call::KeyPressed{kLi, '1', true}));
  EXPECT_TRUE(path_.repeats(call::KeyPressed{kLi, '1'}));
  EXPECT_FALSE(path_.repeats(call::KeyPressed{kLi, '1', true}));
  EXPECT_FALSE(path_.repeats(call::HungUp{kDesk}));
}

TEST_F(AudioPathTest, a_refusal_is_told_and_then_sent) {
  path_.perform(call::RefuseCaller{kCall, Cause::closed, "closed.wav", sdp("192.0.2.1", 4000)});
  EXPECT_THAT(signalling_.refused, IsEmpty());
  EXPECT_THAT(signalling_.said[kCaller].back(), HasSubstr("m=audio 20002 RTP/AVP 8\r\n"));
  EXPECT_THAT(plane_.done, ElementsAre("aim 1 at 192.0.2.1 4000", "tell closed.wav in 8 to 1"));
  path_.played(1, 1);
  EXPECT_THAT(signalling_.refused, ElementsAre(Cause::closed));
  EXPECT_EQ(path_.legs(), 0u);
}

TEST_F(AudioPathTest, a_refusal_follows_the_music_in_the_same_description) {
  ring(kDesk, sdp("192.0.2.1", 4000), true);
  path_.perform(call::TellRinging{kCall, {}, "tone"});
  hear(call::PhoneFailed{kDesk, call::Failure::busy, 486});
  path_.perform(call::RefuseCaller{kCall, Cause::all_busy, "busy.wav", sdp("192.0.2.1", 4000)});
  EXPECT_EQ(signalling_.said[kCaller].size(), 1u);
  EXPECT_EQ(plane_.done.back(), "tell busy.wav in 8 to 1");
  path_.played(1, 1);
  EXPECT_THAT(signalling_.refused, ElementsAre(Cause::all_busy));
}

TEST_F(AudioPathTest, who_does_not_wait_for_the_words_is_gone) {
  path_.perform(call::RefuseCaller{kCall, Cause::closed, "closed.wav", sdp("192.0.2.1", 4000)});
  hear(call::CallerCancelled{kCall});
  EXPECT_EQ(path_.legs(), 0u);
  path_.played(1, 1);
  EXPECT_THAT(signalling_.refused, IsEmpty());
}

TEST_F(AudioPathTest, words_that_cannot_be_played_are_left_out) {
  path_.perform(call::RefuseCaller{kCall, Cause::closed, "gone", sdp("192.0.2.1", 4000)});
  plane_.most = 1;
  path_.perform(call::RefuseCaller{CallRef{8}, Cause::closed, "x.wav", sdp("192.0.2.1", 4000)});
  EXPECT_THAT(signalling_.refused, ElementsAre(Cause::closed, Cause::closed));
  EXPECT_EQ(path_.legs(), 0u);
}

TEST_F(AudioPathTest, legs_end_with_their_calls) {
  struct Row {
    const char* what;
    std::function<void()> end;
  };
  const Row rows[] = {
      {"the caller hangs up",
       [&] {
         hear(call::HungUp{kCaller, 16});
         path_.perform(call::HangUp{kDesk, Cause::hung_up});
       }},
      {"the server ends it",
       [&] {
         path_.perform(call::HangUp{kCaller, Cause::credit_ended});
         path_.perform(call::HangUp{kDesk, Cause::credit_ended});
       }},
      {"the caller is lost",
       [&] {
         hear(call::CallerLost{kCall});
         path_.perform(call::HangUp{kDesk, Cause::caller_lost});
       }},
      {"the caller cancels",
       [&] {
         hear(call::CallerCancelled{kCall});
         hear(call::PhoneFailed{kDesk, call::Failure::cancelled, 487});
       }},
      {"no phone answers",
       [&] {
         hear(call::PhoneFailed{kDesk, call::Failure::busy, 486});
         path_.perform(call::RefuseCaller{kCall, Cause::all_busy});
       }},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    talk();
    EXPECT_EQ(path_.legs(), 2u);
    row.end();
    EXPECT_EQ(path_.legs(), 0u);
    EXPECT_EQ(plane_.done.size(), 2u);
  }
}

TEST_F(AudioPathTest, no_ports_are_said_before_a_call_and_during_it) {
  plane_.most = 2;
  call::CallOffered offered;
  call::Event event = offered;
  path_.before(event, now_);
  EXPECT_FALSE(std::get<call::CallOffered>(event).no_ports);
  ring(kDesk, sdp("192.0.2.1", 4000));
  ring(kLi, sdp("192.0.2.1", 4000));
  EXPECT_THAT(signalling_.rung, ElementsAre(kDesk));
  ASSERT_EQ(later_.size(), 1u);
  EXPECT_EQ(std::get<call::PhoneFailed>(later_[0]).leg, kLi);
  path_.before(event, now_);
  EXPECT_TRUE(std::get<call::CallOffered>(event).no_ports);
}

TEST_F(AudioPathTest, silence_of_both_ends_the_call) {
  talk();
  plane_.last = {{1, now_ + Milliseconds(10'000)}, {2, now_ + Milliseconds(1'000)}};
  path_.silent(2, now_ + Milliseconds(31'000));  // the caller was heard 21 s ago
  EXPECT_THAT(later_, IsEmpty());
  path_.silent(1, now_ + Milliseconds(40'000));
  ASSERT_EQ(later_.size(), 1u);
  EXPECT_EQ(std::get<call::MediaLost>(later_[0]).call, kCall);
  EXPECT_EQ(std::get<call::MediaLost>(later_[0]).last_heard, now_ + Milliseconds(10'000));
}

TEST_F(AudioPathTest, nobody_on_hold_is_held_to_speak) {
  talk();
  hear(call::MediaAccepted{kCaller, sdp("192.0.2.1", 4000, "a=recvonly\r\n")});
  path_.silent(2, now_ + Milliseconds(60'000));
  EXPECT_THAT(later_, IsEmpty());
}

TEST_F(AudioPathTest, counts_go_into_the_record) {
  talk();
  cdr::Record record;
  path_.count(kCall, record);
  EXPECT_EQ(record.caller_audio, "counted 1");
  EXPECT_EQ(record.phone_audio, "counted 2");
  cdr::Record another;
  path_.count(CallRef{8}, another);
  EXPECT_EQ(another.caller_audio, "");
}

TEST_F(AudioPathTest, counts_of_a_phone_outlive_it) {
  talk();
  hear(call::HungUp{kDesk, 16});
  cdr::Record record;
  path_.count(kCall, record);
  EXPECT_EQ(record.phone_audio, "counted 2");
}

TEST_F(AudioPathTest, what_has_no_audio_passes_untouched) {
  call::Media video = sdp("192.0.2.1", 4000);
  video.body.replace(video.body.find("audio"), 5, "video");
  ring(kDesk, video);
  EXPECT_EQ(signalling_.said[kDesk].back(), video.body);
  EXPECT_EQ(path_.legs(), 0u);
}

TEST_F(AudioPathTest, both_hear_that_they_are_recorded_and_another_phone_goes_into_the_same_file) {
  ring(kDesk, sdp("192.0.2.1", 4000), true);
  hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
  path_.perform(call::BridgePhone{kDesk});
  path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
  plane_.done.clear();
  path_.perform(call::RecordCall{kDesk, {}, "day/a.wav", "notice.wav"});
  EXPECT_THAT(plane_.done, ElementsAre("record 1 2 to day/a.wav", "tell notice.wav in 8 to 1",
                                       "tell notice.wav in 8 to 2"));
  path_.played(1, 1);
  path_.played(2, 2);
  EXPECT_TRUE(later_.empty()) << "nothing waits for the end of the notice";

  ring(kLi, sdp("192.0.2.1", 4000), true);
  path_.perform(call::BridgePhone{kLi});
  EXPECT_EQ(plane_.done.back(), "go on with 1 and 3");
}

TEST_F(AudioPathTest, without_a_notice_nothing_is_said) {
  talk();
  path_.perform(call::RecordCall{kDesk, {}, "day/a.wav", ""});
  EXPECT_THAT(plane_.done, ElementsAre("record 1 2 to day/a.wav"));
}

}  // namespace
}  // namespace hotline::server
