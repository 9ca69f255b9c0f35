// What is heard beside the talk, and whom a phone may pass its caller on to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using testing::ElementsAre;

Loaded loaded(const std::string& media, const std::string& hotline, const std::string& group = "") {
  Texts texts = good_texts();
  texts[kPlatformFile] = kPlatform + "[media]\nmode = \"relay\"\n" + media;
  std::string text = kHotline;
  text.insert(text.find("[[phone]]"), hotline);
  text.insert(text.find("[otherwise]"), group);
  texts[kHotlineFile] = text;
  return load(MemoryFiles(std::move(texts)), context()).value();
}

TEST(TalkKeys, whom_a_phone_may_pass_its_caller_on_to) {
  struct Row {
    const char* text;
    bool to_phones;
    const char* trunk;
  };
  for (const Row& row : {Row{"", true, ""}, Row{"transfer = \"phones\"\n", true, ""},
                         Row{"transfer = \"none\"\n", false, ""},
                         Row{"transfer = \"trunk:unicom\"\n", true, "unicom"}}) {
    const auto config = loaded("", row.text);
    const routing::Transfers& transfers = config.snapshot->find("4001234567")->transfers;
    EXPECT_EQ(transfers.to_phones, row.to_phones) << row.text;
    EXPECT_EQ(transfers.trunk, row.trunk) << row.text;
  }
}

std::vector<std::string> problems_with(const std::string& mode, const std::string& transfer) {
  Texts texts = good_texts();
  texts[kPlatformFile] = kPlatform + "[media]\nmode = \"" + mode + "\"\n";
  std::string text = kHotline;
  text.insert(text.find("[[phone]]"), "transfer = \"" + transfer + "\"\n");
  texts[kHotlineFile] = text;
  return problems_of(texts);
}

TEST(TalkKeys, what_is_wrong_with_a_transfer) {
  EXPECT_THAT(problems_with("relay", "any"),
              ElementsAre("hotlines/a.toml:5:12: transfer: \"any\" is none of \"none\", "
                          "\"phones\", \"trunk:NAME\""));
  EXPECT_THAT(problems_with("relay", "trunk:unicon"),
              ElementsAre("hotlines/a.toml:5:12: there is no trunk \"unicon\"; did you mean "
                          "\"unicom\"?"));
  EXPECT_THAT(problems_with("direct", "phones"),
              ElementsAre("hotlines/a.toml:5:12: warning: transfer: no call is passed on while "
                          "media.mode is direct"));
  EXPECT_THAT(problems_with("direct", "none"), ElementsAre());
}

TEST(TalkKeys, the_nearest_whisper_and_hold_music_count) {
  struct Row {
    const char* media;
    const char* hotline;
    const char* group;
    const char* whisper;
    const char* hold_music;
  };
  const Row rows[] = {
      {"", "", "", "", "tone"},
      {"hold_music = \"a.wav\"\n", "", "", "", "a.wav"},
      {"hold_music = \"a.wav\"\n", "hold_music = \"b.wav\"\nwhisper = \"c.wav\"\n", "", "c.wav",
       "b.wav"},
      {"hold_music = \"a.wav\"\n", "hold_music = \"none\"\nwhisper = \"c.wav\"\n",
       "whisper = \"d.wav\"\n", "d.wav", ""},
      {"", "whisper = \"c.wav\"\n", "whisper = \"none\"\n", "", "tone"},
  };
  for (const Row& row : rows) {
    const auto config = loaded(row.media, row.hotline, row.group);
    const routing::Hotline& hotline = *config.snapshot->find("4001234567");
    EXPECT_EQ(routing::whisper_of(hotline, *hotline.groups.front()), row.whisper);
    EXPECT_EQ(routing::hold_music_of(hotline), row.hold_music);
  }
}

TEST(TalkKeys, of_the_platform) {
  EXPECT_TRUE(loaded("", "").snapshot->credit_tone);
  EXPECT_FALSE(loaded("credit_tone = false\n", "").snapshot->credit_tone);
  EXPECT_EQ(loaded("", "").settings.media.realtime_priority, 0);
  EXPECT_EQ(loaded("realtime_priority = 99\n", "").settings.media.realtime_priority, 99);
}

}  // namespace
}  // namespace hotline::config
