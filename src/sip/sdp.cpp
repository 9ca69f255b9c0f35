#include "sip/sdp.h"

#include <charconv>
#include <cstddef>
#include <cstdint>

#include "sip/sdp_lines.h"

namespace hotline::sip {
namespace {

constexpr std::size_t kMostLines = 1'000;
constexpr std::size_t kMostMedia = 32;

std::size_t count_words(std::string_view value) {
  std::size_t count = 0;
  while (!value.empty()) {
    if (take_word(value).empty()) return 0;
    ++count;
  }
  return count;
}

bool is_port(std::string_view word) {
  // "49170" or "49170/2"
  std::uint32_t port = 0;
  const char* end = word.data() + word.size();
  const auto [after, error] = std::from_chars(word.data(), end, port);
  if (error != std::errc{} || port > 65'535) return false;
  if (after == end) return true;
  std::uint32_t count = 0;
  const auto [last, bad] = std::from_chars(after + 1, end, count);
  return *after == '/' && bad == std::errc{} && last == end && count > 0 && count < 65'536;
}

// "audio 49170 RTP/AVP 0 8"
bool is_media(std::string_view value) {
  if (count_words(value) < 4) return false;
  take_word(value);
  return is_port(take_word(value));
}

// "IN IP4 192.0.2.1"
bool is_connection(std::string_view value) {
  if (count_words(value) != 3 || take_word(value) != "IN") return false;
  const std::string_view family = take_word(value);
  return (family == "IP4" || family == "IP6") && value.size() <= 255;
}

struct Reader {
  bool session_connection = false;
  bool media_connection = true;  // of the media section being read
  bool timed = false;
  std::size_t media = 0;

  bool read(char type, std::string_view value);
  bool section_is_whole() const { return media == 0 || session_connection || media_connection; }
};

bool Reader::read(char type, std::string_view value) {
  switch (type) {
    case 'm':
      if (!timed || !section_is_whole() || ++media > kMostMedia || !is_media(value)) return false;
      media_connection = false;
      return true;
    case 'c':
      (media == 0 ? session_connection : media_connection) = true;
      return is_connection(value);
    case 't':
      timed = true;
      return media == 0 && count_words(value) == 2;
    case 'v':
    case 'o':
    case 's':
      return false;  // once only, and at the beginning
    default:
      return true;
  }
}

bool read_head(std::string_view& text) {
  if (take_line(text) != "v=0") return false;
  const std::string_view origin = take_line(text);
  if (!origin.starts_with("o=") || count_words(origin.substr(2)) != 6) return false;
  return take_line(text).starts_with("s=");
}

bool is_type(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

SdpVerdict judge_sdp(std::string_view body) {
  if (body.size() > kMostSdp) return SdpVerdict::too_large;
  if (body.find('\0') != std::string_view::npos) return SdpVerdict::malformed;
  if (!read_head(body)) return SdpVerdict::malformed;

  Reader reader;
  for (std::size_t lines = 3; !body.empty(); ++lines) {
    const std::string_view line = take_line(body);
    if (line.empty() && body.empty()) break;
    if (lines >= kMostLines || line.size() < 2 || !is_type(line[0]) || line[1] != '=' ||
        !reader.read(line[0], line.substr(2))) {
      return SdpVerdict::malformed;
    }
  }
  if (!reader.timed || !reader.section_is_whole()) return SdpVerdict::malformed;
  return reader.media == 0 ? SdpVerdict::unusable : SdpVerdict::sane;
}

call::Media reject_all(const call::Media& offer) {
  std::string_view text = offer.body;
  std::string answer = "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n";
  while (!text.empty()) {
    std::string_view line = take_line(text);
    if (!line.starts_with("m=")) continue;
    answer += std::string(take_word(line)) + " 0";
    take_word(line);  // the port
    answer += ' ' + std::string(line) + "\r\n";
  }
  return {offer.type, std::move(answer)};
}

}  // namespace hotline::sip
