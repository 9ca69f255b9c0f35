#include "hotline/cdr/recording_name.h"

#include <gtest/gtest.h>

namespace hotline::cdr {
namespace {

// 2026-11-26 00:15:07 in China.
const WallTime kBegun{std::chrono::sys_days(std::chrono::year(2026) / 11 / 25) +
                      std::chrono::hours(16) + std::chrono::minutes(15) + Seconds(7)};

RecordingFacts facts() { return {"4001234567", "0199-a", "+8613800138000", "desk", kBegun}; }

TEST(RecordingName, placeholders_are_filled) {
  EXPECT_EQ(recording_name("{date}/{hotline}/{time}-{caller}-{phone}-{call}.wav", facts()),
            "2026-11-26/4001234567/001507-+8613800138000-desk-0199-a.wav");
  EXPECT_EQ(recording_name("{call}{call}.wav", facts()), "0199-a0199-a.wav");
}

TEST(RecordingName, a_hidden_caller_has_a_word) {
  RecordingFacts hidden = facts();
  hidden.caller.clear();
  EXPECT_EQ(recording_name("{caller}/{call}.wav", hidden), "withheld/0199-a.wav");
}

TEST(RecordingName, nothing_that_is_put_in_leads_elsewhere) {
  const struct {
    std::string value;
    std::string in_name;
  } rows[] = {
      {"../../etc/passwd", "______etc_passwd"},
      {"..", "__"},
      {"/", "_"},
      {"a\\b:c*d", "a_b_c_d"},
      {std::string("a\0b", 3), "a_b"},
      {"a\nb", "a_b"},
      {"{date}", "_date_"},
      {"4006006600/前台", "4006006600_前台"},
      {std::string(100, '9'), std::string(64, '9')},
      {std::string(63, '9') + "前台", std::string(63, '9')},
  };
  for (const auto& row : rows) {
    RecordingFacts hostile = facts();
    hostile.caller = hostile.phone = row.value;
    EXPECT_EQ(recording_name("{caller}-{call}.wav", hostile), row.in_name + "-0199-a.wav");
    EXPECT_EQ(recording_name("{phone}-{call}.wav", hostile), row.in_name + "-0199-a.wav");
  }
}

TEST(RecordingName, what_is_wrong_is_said) {
  const struct {
    std::string form;
    std::string wrong;  // empty: nothing
  } rows[] = {
      {"{call}.wav", ""},
      {"{date}/{hotline}/{time}-{call}.wav", ""},
      {"录音/a.b/x_{call}+1.wav", ""},
      {"{call}", "does not end with .wav"},
      {"{call}.mp3", "does not end with .wav"},
      {"{date}.wav", "lacks {call}: two calls would have the same file"},
      {"/{call}.wav", "has an empty part: it is a path below the directory, without “//”"},
      {"a//{call}.wav", "has an empty part: it is a path below the directory, without “//”"},
      {"../{call}.wav", "has a part that begins with a dot"},
      {"a/.{call}.wav", "has a part that begins with a dot"},
      {"{day}/{call}.wav",
       "has no {day}; there are {date}, {time}, {hotline}, {call}, {caller} and {phone}"},
      {"{date/{call}.wav",
       "has no {date; there are {date}, {time}, {hotline}, {call}, {caller} and {phone}"},
      {"a b/{call}.wav", "may hold letters, digits, “_”, “-”, “+”, “.” and “/”, not “ ”"},
      {"a}{call}.wav", "may hold letters, digits, “_”, “-”, “+”, “.” and “/”, not “}”"},
      {std::string(200, 'a') + "{call}.wav", "has 210 bytes; 200 are the most"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(wrong_in_recording_name(row.form).value_or(""), row.wrong) << row.form;
  }
}

}  // namespace
}  // namespace hotline::cdr
