// What is recorded, and where, as configuration writes it, right and wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using testing::ElementsAre;

constexpr const char* kRelay = "[media]\nmode = \"relay\"\n";

// `in_hotline` stands in [hotline], `in_group` in [[group]].
Texts recording(const std::string& platform, const std::string& in_hotline,
                const std::string& in_group = "") {
  Texts texts = good_texts();
  texts[kPlatformFile] += platform;
  std::string& text = texts[kHotlineFile];
  text.insert(text.find("[[phone]]"), in_hotline);
  text.insert(text.find("[otherwise]"), in_group);
  return texts;
}

Loaded loaded(const Texts& texts) {
  auto read = load(MemoryFiles(texts), context());
  EXPECT_TRUE(read) << (read ? "" : read.error().front().to_string());
  return std::move(*read);
}

TEST(Recording, where_nothing_is_said_nothing_is_recorded_and_the_rest_has_defaults) {
  const Loaded read = loaded(good_texts());
  const routing::Hotline& hotline = *read.snapshot->find("4001234567");
  EXPECT_FALSE(hotline.recording.all);
  EXPECT_TRUE(hotline.recording.callers.empty());
  EXPECT_FALSE(hotline.recording.notice);
  EXPECT_FALSE(hotline.groups.front()->records);
  EXPECT_EQ(read.settings.recording.directory, "/var/lib/hotline/recordings");
  EXPECT_EQ(read.settings.recording.retention, std::chrono::days(180));
  EXPECT_EQ(read.settings.recording.most_bytes, 0u);
  EXPECT_EQ(read.settings.recording.least_free_bytes, 1'000'000'000u);
  EXPECT_EQ(read.snapshot->recording_name, "{date}/{hotline}/{time}-{call}.wav");
}

TEST(Recording, is_read_at_each_level) {
  const Loaded read = loaded(recording(
      std::string(kRelay) +
          "[recording]\ndirectory = \"/srv/calls\"\nname = \"{caller}/{call}.wav\"\n"
          "retention_days = 30\nmax_mb = 5000\nmin_free_mb = 0\n",
      "record = true\nrecord_callers = [\"nuisance\"]\nrecord_notice = \"prompts/r.wav\"\n",
      "record = true\n"));
  const routing::Hotline& hotline = *read.snapshot->find("4001234567");
  EXPECT_TRUE(hotline.recording.all);
  ASSERT_EQ(hotline.recording.callers.size(), 1u);
  EXPECT_EQ(hotline.recording.callers.front()->name(), "nuisance");
  EXPECT_EQ(hotline.recording.notice->path, "prompts/r.wav");
  EXPECT_TRUE(hotline.groups.front()->records);
  EXPECT_EQ(read.settings.recording.directory, "/srv/calls");
  EXPECT_EQ(read.settings.recording.retention, std::chrono::days(30));
  EXPECT_EQ(read.settings.recording.most_bytes, 5'000'000'000u);
  EXPECT_EQ(read.settings.recording.least_free_bytes, 0u);
  EXPECT_EQ(read.snapshot->recording_name, "{caller}/{call}.wav");
}

TEST(Recording, what_is_wrong_is_said) {
  const struct {
    std::string platform;
    std::string in_hotline;
    std::string in_group;
    std::string problem;
  } rows[] = {
      {"", "record = true\n", "", "hotlines/a.toml:5:10: record: needs media.mode = \"relay\""},
      {"", "record_callers = [\"nuisance\"]\n", "",
       "hotlines/a.toml:5:18: record_callers: needs media.mode = \"relay\""},
      {"", "", "record = true\n", "hotlines/a.toml:12:10: record: needs media.mode = \"relay\""},
      {"[recording]\ndirectory = \"../calls\"\n", "", "",
       "hotline.toml:13:13: directory: \"../calls\" is no absolute path, and none below "
       "state_dir"},
      {"[recording]\nname = \"{date}.wav\"\n", "", "",
       "hotline.toml:13:8: name: \"{date}.wav\" lacks {call}: two calls would have the "
       "same file"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(problems_of(recording(row.platform, row.in_hotline, row.in_group)),
                ElementsAre(row.problem));
  }
}

TEST(Recording, has_to_be_in_the_package) {
  Texts texts = recording(kRelay, "record = true\n");
  std::string& text = texts[kPlatformFile];
  text.insert(text.find("[schedule.office]"), "features = [\"menu\"]\n");
  EXPECT_THAT(problems_of(texts), ElementsAre("hotlines/a.toml:5:10: package \"standard\" "
                                              "has no feature \"recording\""));
}

}  // namespace
}  // namespace hotline::config
