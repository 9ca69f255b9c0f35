#include "server/log.h"

#include <memory>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

namespace hotline::server {
namespace {

using testing::HasSubstr;

TEST(Log, a_value_is_one_piece_of_one_line_whatever_is_in_it) {
  struct Row {
    std::string value;
    const char* line;
  };
  const Row rows[] = {
      {"4001234567", "x=4001234567"},
      {"", "x=\"\""},
      {"a b", "x=\"a b\""},
      {"a=b", "x=\"a=b\""},
      {"a\r\nb", "x=\"a\\r\\nb\""},
      {std::string("a\0b", 3), "x=\"a\\u0000b\""},
      {"\x1b[2J", "x=\"\\u001b[2J\""},
      {"北京", "x=北京"},
      {"a\x7f", "x=a\uFFFD"},
      {"\xc2\x9b"
       "2J",
       "x=\uFFFD"
       "2J"},  // U+009B, an escape sequence's begin
      {"\x9b"
       "2J",
       "x=\uFFFD"
       "2J"},  // no UTF-8
      {"\xe2\x80\xae"
       "cba",
       "x=\uFFFD"
       "cba"},                       // U+202E turns the line round
      {"\xe2\x80\xa8", "x=\uFFFD"},  // U+2028 ends one
      {"\xc2\x85", "x=\uFFFD"},      // so does U+0085
  };
  for (const Row& row : rows) {
    EXPECT_EQ(as_text({{"x", row.value}}), row.line);
  }
  EXPECT_EQ(as_json({{"x", "\xc2\x9b\n"}}), "\"x\":\"\uFFFD\\n\"");
}

TEST(Log, a_value_is_cut) {
  EXPECT_LT(as_text({{"x", std::string(100'000, 'a')}}).size(), 600U);
  EXPECT_LT(as_json({{"x", std::string(100'000, 'a')}}).size(), 600U);
}

class CallLogTest : public testing::Test {
 protected:
  CallLogTest() : before_(spdlog::default_logger()) {
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_st>(lines_);
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", std::move(sink)));
  }
  ~CallLogTest() override { spdlog::set_default_logger(before_); }

  void end(int ms, bool is_answered = false) {
    cdr::Record record;
    record.ended = WallTime(Milliseconds(ms));
    if (is_answered) record.answered = record.ended;
    log_.ended(record);
  }
  int lines_with(const std::string& text) const {
    int count = 0;
    std::istringstream lines(lines_.str());
    for (std::string line; std::getline(lines, line);) count += line.find(text) != line.npos;
    return count;
  }

  std::ostringstream lines_;
  CallLog log_;

 private:
  std::shared_ptr<spdlog::logger> before_;
};

TEST_F(CallLogTest, of_many_refusals_in_a_second_the_rest_is_counted) {
  for (int n = 0; n < 150; ++n) end(5'000 + n);
  for (int n = 0; n < 150; ++n) end(5'200, true);
  EXPECT_EQ(lines_with("event=refused "), 100);
  EXPECT_EQ(lines_with("event=ended "), 150) << "these are not refused";
  EXPECT_EQ(lines_with("refused_unlogged"), 0);
  end(6'000);
  EXPECT_EQ(lines_with("event=refused "), 101);
  EXPECT_THAT(lines_.str(), HasSubstr("event=refused_unlogged calls=50"));
  end(7'000);
  EXPECT_EQ(lines_with("refused_unlogged"), 1);
}

}  // namespace
}  // namespace hotline::server
