#include "sip/sdp_audio.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sip/sdp.h"

namespace hotline::sip {
namespace {

const std::string kHead = "v=0\r\no=alice 7 8 IN IP4 192.0.2.1\r\ns=her desk\r\n";
const std::string kSession = kHead + "c=IN IP4 192.0.2.1\r\nt=0 0\r\n";

struct Row {
  const char* what;
  std::string body;
  const char* address;
  int port, rtcp_port;
  bool sends, receives;
  int event_type;
  std::vector<int> companded;
};
const Row kFound[] = {
    {"the plainest",
     kSession + "m=audio 49170 RTP/AVP 0\r\n",
     "192.0.2.1",
     49170,
     49171,
     true,
     true,
     -1,
     {0}},
    {"its own connection",
     kSession + "m=audio 9 RTP/AVP 8 0\r\nc=IN IP6 2001:db8::1\r\n",
     "2001:db8::1",
     9,
     10,
     true,
     true,
     -1,
     {8, 0}},
    {"RTCP elsewhere",
     kSession + "m=audio 9 RTP/AVP 18\r\na=rtcp:53020\r\n",
     "192.0.2.1",
     9,
     53020,
     true,
     true,
     -1,
     {}},
    {"events",
     kSession + "m=audio 9 RTP/AVP 8 101\r\na=rtpmap:101 Telephone-Event/8000\r\n",
     "192.0.2.1",
     9,
     10,
     true,
     true,
     101,
     {8}},
    {"events at another rate",
     kSession + "m=audio 9 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/16000\r\n",
     "192.0.2.1",
     9,
     10,
     true,
     true,
     -1,
     {8}},
    {"held",
     kSession + "m=audio 9 RTP/AVP 0\r\na=sendonly\r\n",
     "192.0.2.1",
     9,
     10,
     true,
     false,
     -1,
     {0}},
    {"held for the session",
     kHead + "c=IN IP4 192.0.2.1\r\nt=0 0\r\na=inactive\r\nm=audio 9 RTP/AVP 0\r\n",
     "192.0.2.1",
     9,
     10,
     false,
     false,
     -1,
     {0}},
    {"the stream says more than the session",
     kHead + "c=IN IP4 192.0.2.1\r\nt=0 0\r\na=inactive\r\nm=audio 9 RTP/AVP 0\r\na=recvonly\r\n",
     "192.0.2.1",
     9,
     10,
     false,
     true,
     -1,
     {0}},
    {"held by address",
     kHead + "c=IN IP4 0.0.0.0\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n",
     "0.0.0.0",
     9,
     10,
     true,
     false,
     -1,
     {0}},
    {"video before it",
     kSession + "m=video 7 RTP/AVP 31\r\nc=IN IP4 192.0.2.7\r\na=inactive\r\n"
                "m=audio 9 RTP/AVP 0\r\n",
     "192.0.2.1",
     9,
     10,
     true,
     true,
     -1,
     {0}},
    {"a second one",
     kSession + "m=audio 9 RTP/AVP 0\r\nm=audio 11 RTP/AVP 8\r\na=sendonly\r\n",
     "192.0.2.1",
     9,
     10,
     true,
     true,
     -1,
     {0}},
    {"the first refused",
     kSession + "m=audio 0 RTP/AVP 0\r\nm=audio 11 RTP/AVP 8\r\n",
     "192.0.2.1",
     11,
     12,
     true,
     true,
     -1,
     {8}},
};

TEST(SdpAudio, is_found) {
  for (const Row& row : kFound) {
    SCOPED_TRACE(row.what);
    ASSERT_EQ(judge_sdp(row.body), SdpVerdict::sane);
    const auto audio = audio_of(row.body);
    ASSERT_TRUE(audio);
    EXPECT_EQ(audio->address, row.address);
    EXPECT_EQ(audio->is_v6, audio->address.find(':') != std::string::npos);
    EXPECT_EQ(audio->port, row.port);
    EXPECT_EQ(audio->rtcp_port, row.rtcp_port);
    EXPECT_EQ(audio->sends, row.sends);
    EXPECT_EQ(audio->receives, row.receives);
    EXPECT_EQ(audio->event_type, row.event_type);
    EXPECT_EQ(audio->companded, row.companded);
  }
}

TEST(SdpAudio, is_not_wanted) {
  EXPECT_FALSE(audio_of(kSession + "m=audio 0 RTP/AVP 0\r\n"));
  EXPECT_FALSE(audio_of(kSession + "m=video 9 RTP/AVP 31\r\n"));
}

const AudioPlace kOurs{"127.0.0.9", false, 20000, 5, 2};
const std::string kOurHead = "v=0\r\no=- 5 2 IN IP4 127.0.0.9\r\ns=-\r\nc=IN IP4 127.0.0.9\r\n";

TEST(SdpAudio, is_described_with_our_place) {
  const std::string offer =
      kHead +
      "i=private\r\ne=alice@example.com\r\nc=IN IP4 192.0.2.1\r\nb=AS:80\r\nt=0 0\r\n"
      "a=group:BUNDLE 0 1\r\na=tool:soft\r\n"
      "m=audio 49170/2 RTP/AVP 8 0 101\r\ni=hers\r\nc=IN IP4 192.0.2.2\r\nb=AS:64\r\n"
      "a=rtpmap:8 PCMA/8000\r\na=rtcp:49180\r\na=rtcp-mux\r\na=mid:0\r\n"
      "a=ice-ufrag:x\r\na=candidate:1 1 UDP 1 192.0.2.1 49170 typ host\r\na=ssrc:1 cname:a\r\n"
      "a=ptime:20\r\na=sendonly\r\n"
      "m=video 50000 RTP/AVP 31\r\na=rtpmap:31 H261/90000\r\n";
  const std::string wanted =
      kOurHead +
      "b=AS:80\r\nt=0 0\r\na=tool:soft\r\nm=audio 20000 RTP/AVP 8 0 101\r\nb=AS:64\r\n"
      "a=rtpmap:8 PCMA/8000\r\na=ptime:20\r\na=sendonly\r\nm=video 0 RTP/AVP 31\r\n";
  EXPECT_EQ(with_place(offer, kOurs), wanted);
  EXPECT_EQ(judge_sdp(wanted), SdpVerdict::sane);
  EXPECT_EQ(with_place(wanted, kOurs), wanted);
}

TEST(SdpAudio, on_hold_by_address_is_on_hold_by_direction) {
  const std::string held = kHead + "c=IN IP4 0.0.0.0\r\nt=0 0\r\n";
  EXPECT_EQ(with_place(held + "m=audio 9 RTP/AVP 0\r\na=ptime:20\r\na=sendrecv\r\n", kOurs),
            kOurHead + "t=0 0\r\nm=audio 20000 RTP/AVP 0\r\na=ptime:20\r\na=sendonly\r\n");
  EXPECT_EQ(
      with_place(held + "m=audio 9 RTP/AVP 0\r\na=recvonly\r\nm=video 0 RTP/AVP 31\r\n", kOurs),
      kOurHead + "t=0 0\r\nm=audio 20000 RTP/AVP 0\r\na=inactive\r\nm=video 0 RTP/AVP 31\r\n");
}

TEST(SdpAudio, changes_its_family) {
  const AudioPlace v6{"::1", true, 20002, 1, 1};
  EXPECT_THAT(with_place(kSession + "m=audio 9 RTP/AVP 0\r\n", v6),
              testing::HasSubstr("c=IN IP6 ::1\r\n"));
}

TEST(SdpAudio, of_our_own) {
  const std::string offer = kSession +
                            "m=video 7 RTP/AVP 31\r\nm=audio 9 RTP/AVP 18 8 96\r\n"
                            "a=rtpmap:96 telephone-event/8000\r\nm=audio 11 RTP/AVP 0\r\n";
  EXPECT_EQ(own_answer(offer, kOurs, 8, 96),
            kOurHead +
                "t=0 0\r\nm=video 0 RTP/AVP 31\r\nm=audio 20000 RTP/AVP 8 96\r\n"
                "a=rtpmap:8 PCMA/8000\r\na=rtpmap:96 telephone-event/8000\r\n"
                "a=fmtp:96 0-15\r\na=ptime:20\r\na=sendrecv\r\nm=audio 0 RTP/AVP 0\r\n");
  const std::string plain = own_audio(kOurs, 0, -1);
  EXPECT_EQ(plain, kOurHead +
                       "t=0 0\r\nm=audio 20000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
                       "a=ptime:20\r\na=sendrecv\r\n");
  EXPECT_EQ(judge_sdp(plain), SdpVerdict::sane);
}

}  // namespace
}  // namespace hotline::sip
