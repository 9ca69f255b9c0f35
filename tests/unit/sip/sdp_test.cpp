#include "sip/sdp.h"

#include <string>

#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

const std::string kHead = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n";
const std::string kRest = "t=0 0\r\nm=audio 49170 RTP/AVP 0\r\n";

struct Row {
  const char* what;
  std::string body;
  SdpVerdict verdict;
};

std::string with_many(const std::string& line, int count) {
  std::string body = kHead + "c=IN IP4 192.0.2.1\r\nt=0 0\r\n";
  for (int i = 0; i < count; ++i) body += line;
  return body;
}

TEST(Sdp, is_judged) {
  const Row rows[] = {
      {"the plainest", kHead + "c=IN IP4 192.0.2.1\r\n" + kRest, SdpVerdict::sane},
      {"bare line feeds",
       "v=0\no=- 1 1 IN IP4 1.2.3.4\ns= \nc=IN IP4 1.2.3.4\nt=0 0\nm=audio 1 RTP/AVP 0\n",
       SdpVerdict::sane},
      {"no last line end", kHead + "c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0",
       SdpVerdict::sane},
      {"connection in the media", kHead + kRest + "c=IN IP4 192.0.2.1\r\na=sendonly\r\n",
       SdpVerdict::sane},
      {"IPv6", kHead + "c=IN IP6 2001:db8::1\r\n" + kRest, SdpVerdict::sane},
      {"two media", kHead + "c=IN IP4 1.2.3.4\r\n" + kRest + "m=video 0 RTP/AVP 31\r\n",
       SdpVerdict::sane},
      {"hold by address", kHead + "c=IN IP4 0.0.0.0\r\n" + kRest, SdpVerdict::sane},
      {"unknown lines", kHead + "x=whatever\r\nc=IN IP4 1.2.3.4\r\nb=AS:64\r\n" + kRest,
       SdpVerdict::sane},
      {"ports in pairs", kHead + "c=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 9/2 RTP/AVP 0\r\n",
       SdpVerdict::sane},
      {"nothing", "", SdpVerdict::malformed},
      {"no session description", "hello", SdpVerdict::malformed},
      {"another version", "v=1\r\n" + kHead.substr(5) + kRest, SdpVerdict::malformed},
      {"no origin", "v=0\r\ns=-\r\n" + kRest, SdpVerdict::malformed},
      {"a short origin", "v=0\r\no=- 1 IN IP4 1.2.3.4\r\ns=-\r\n" + kRest, SdpVerdict::malformed},
      {"no time", kHead + "c=IN IP4 1.2.3.4\r\nm=audio 9 RTP/AVP 0\r\n", SdpVerdict::malformed},
      {"no connection anywhere", kHead + kRest, SdpVerdict::malformed},
      {"no connection in one media", kHead + kRest + "c=IN IP4 1.2.3.4\r\nm=video 9 RTP/AVP 31\r\n",
       SdpVerdict::malformed},
      {"a strange network", kHead + "c=ATM NSAP 47\r\n" + kRest, SdpVerdict::malformed},
      {"a port too high", kHead + "c=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 65536 RTP/AVP 0\r\n",
       SdpVerdict::malformed},
      {"no format", kHead + "c=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 9 RTP/AVP\r\n",
       SdpVerdict::malformed},
      {"two versions", kHead + "v=0\r\nc=IN IP4 1.2.3.4\r\n" + kRest, SdpVerdict::malformed},
      {"an empty line within", kHead + "\r\nc=IN IP4 1.2.3.4\r\n" + kRest, SdpVerdict::malformed},
      {"a NUL", kHead + std::string("a=\0\r\n", 5) + kRest, SdpVerdict::malformed},
      {"the memory eater of the library's parser",
       kHead + "c=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 49152 TCP/\xc3\x84/MSRP\r\n",
       SdpVerdict::malformed},
      {"nothing to hear", kHead + "t=0 0\r\n", SdpVerdict::unusable},
      {"a thousand attributes", with_many("a=x\r\n", 1'000), SdpVerdict::malformed},
      {"too many media", with_many("m=audio 9 RTP/AVP 0\r\n", 33), SdpVerdict::malformed},
      {"too large", with_many("a=" + std::string(1'000, 'x') + "\r\n", 17), SdpVerdict::too_large},
  };
  for (const Row& row : rows) EXPECT_EQ(judge_sdp(row.body), row.verdict) << row.what;
}

TEST(Sdp, is_rejected_stream_by_stream) {
  const call::Media offer{"application/sdp",
                          kHead +
                              "c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49170/2 RTP/AVP 0 8\r\n"
                              "a=sendrecv\r\nm=video 5000 RTP/SAVP 31\r\n"};
  const call::Media answer = reject_all(offer);
  EXPECT_EQ(answer.type, "application/sdp");
  EXPECT_TRUE(answer.body.ends_with("t=0 0\r\nm=audio 0 RTP/AVP 0 8\r\nm=video 0 RTP/SAVP 31\r\n"))
      << answer.body;
  EXPECT_EQ(judge_sdp(answer.body), SdpVerdict::sane);
}

}  // namespace
}  // namespace hotline::sip
