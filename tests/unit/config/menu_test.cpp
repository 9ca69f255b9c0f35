// Menus and queues as configuration writes them, right and wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

const std::string kMenu = R"([menu.main]
prompt = "prompts/menu.wav"
keys = { 1 = "group:sales", 801 = "phone:desk", "*" = "repeat", 5 = "menu:more" }
otherwise = "queue:main"
[menu.more]
prompt = "prompts/more.wav"
keys = { 9 = "menu:main" }
otherwise = "refuse:closed"
wrong_key = "prompts/wrong.wav"
timeout_s = 7
key_gap_s = 2
tries = 4
barge_in = false
[queue.main]
group = "sales"
first = ["nuisance"]
keys = { 0 = "menu:more" }
on_full = "menu:more"
)";

const std::string kRelay = "[media]\nmode = \"relay\"\n";

Texts with_menu(const std::string& from = "", const std::string& to = "") {
  Texts texts = good_texts();
  std::string text = kHotline;
  text.replace(text.find("to = \"group:sales\""), 18, "to = \"menu:main\"");
  text += kMenu;
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  texts[kHotlineFile] = text;
  texts[kPlatformFile] = kPlatform + kRelay;
  return texts;
}

TEST(Menu, is_read) {
  const auto snapshot = load(MemoryFiles(with_menu()), context()).value().snapshot;
  const routing::Hotline& hotline = *snapshot->find("4001234567");
  const routing::Menu& main = *std::get<const routing::Menu*>(hotline.otherwise.to);
  ASSERT_EQ(main.options.size(), 4u);
  EXPECT_EQ(main.prompt->path, "prompts/menu.wav");
  EXPECT_EQ(main.key, "4001234567/main");
  EXPECT_EQ(main.timeout, Seconds(5));
  EXPECT_TRUE(main.barge_in);
  for (const routing::Option& option : main.options) {
    EXPECT_EQ(option.repeats, option.keys == "*");
  }
  const routing::Queue& queue = *std::get<const routing::Queue*>(main.otherwise);
  EXPECT_EQ(queue.group->name, "sales");
  EXPECT_EQ(queue.music->path, "prompts/default.wav");
  EXPECT_EQ(queue.first.size(), 1u);
  EXPECT_EQ(std::get<Cause>(queue.on_timeout), Cause::no_answer);
  const routing::Menu& more = *std::get<const routing::Menu*>(queue.on_full);
  EXPECT_EQ(more.tries, 4u);
  EXPECT_EQ(more.key_gap, Seconds(2));
  EXPECT_EQ(more.wrong_key->path, "prompts/wrong.wav");
  EXPECT_FALSE(more.barge_in);
  EXPECT_EQ(std::get<const routing::Menu*>(more.options[0].to), &main);
}

TEST(Menu, an_extension_rings_its_phone_alone) {
  const auto snapshot = load(MemoryFiles(with_menu()), context()).value().snapshot;
  const auto& hotline = *snapshot->find("4001234567");
  const auto& menu = *std::get<const routing::Menu*>(hotline.otherwise.to);
  for (const routing::Option& option : menu.options) {
    if (option.keys != "801") continue;
    const routing::Group& group = *std::get<const routing::Group*>(option.to);
    EXPECT_EQ(group.name, "phone:desk");
    ASSERT_EQ(group.phones.size(), 1u);
    EXPECT_EQ(group.phones[0].phone->name, "desk");
  }
}

TEST(Voicemail, is_read) {
  Texts texts = with_menu("otherwise = \"refuse:closed\"", "otherwise = \"voicemail:box\"");
  texts[kHotlineFile] += "[voicemail.box]\nmax_s = 30\n[voicemail.spare]\n";
  const auto loaded = load(MemoryFiles(texts), context()).value();
  const routing::Hotline& hotline = *loaded.snapshot->find("4001234567");
  const routing::Menu& more = *hotline.menus[1];
  const routing::Voicemail& box = *std::get<const routing::Voicemail*>(more.otherwise);
  EXPECT_EQ(box.key, "4001234567/box");
  EXPECT_EQ(box.longest, Seconds(30));
  EXPECT_EQ(box.prompt->path, "prompts/voicemail.wav");
  ASSERT_EQ(loaded.warnings.size(), 1u);
  EXPECT_EQ(loaded.warnings[0].message, "voicemail \"spare\" is not used");
}

struct Row {
  const char* from;
  const char* to;
  std::vector<std::string> problems;
};

TEST(BadMenu, each_is_named_with_its_place) {
  const Row rows[] = {
      {"5 = ",
       "\"5x\" = ",
       {"hotlines/a.toml:16:65: keys: \"5x\" is not 1 to 10 keys of 0-9, *, #, A-D"}},
      {"{ 0 = ",
       "{ 00 = ",
       {"hotlines/a.toml:30:10: keys: \"00\" is not one key of 0-9, *, #, A-D"}},
      {"menu:more\" }",
       "menu:mroe\" }",
       {"hotlines/a.toml:16:69: there is no menu \"mroe\"; did you mean \"more\"?"}},
      {"queue:main",
       "queue:mian",
       {"hotlines/a.toml:17:13: there is no queue \"mian\"; did you mean \"main\"?",
        "hotlines/a.toml:27:8: warning: queue \"main\" is not used"}},
      {"phone:desk",
       "phone:disk",
       {"hotlines/a.toml:16:35: there is no phone \"disk\"; did you mean \"desk\"?"}},
      {"group = \"sales\"\nfirst",
       "group = \"sails\"\nfirst",
       {"hotlines/a.toml:28:9: there is no group \"sails\"; did you mean \"sales\"?"}},
      {"\"nuisance\"",
       "\"nuisence\"",
       {"hotlines/a.toml:29:10: there is no caller list \"nuisence\"; did you mean \"nuisance\"?"}},
      {"prompts/more.wav",
       "../more.wav",
       {"hotlines/a.toml:19:10: prompt: \"../more.wav\" is no path inside the configuration's "
        "directory"}},
      {"prompts/more.wav", "none", {"hotlines/a.toml:19:10: prompt: a menu has to say something"}},
      {"refuse:closed",
       "queue:main",
       {"hotlines/a.toml:18:7: menu \"more\": what happens when nobody takes the call leads back "
        "to it; a call would go round for ever",
        "hotlines/a.toml:27:8: queue \"main\": what happens when nobody takes the call leads back "
        "to it; a call would go round for ever"}},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(problems_of(MemoryFiles(with_menu(row.from, row.to)), context()),
                ElementsAreArray(row.problems))
        << row.to;
  }
}

TEST(BadMenu, nobody_hears_it_where_audio_is_not_relayed) {
  Texts texts = with_menu();
  texts[kPlatformFile] = kPlatform;
  EXPECT_THAT(problems_of(MemoryFiles(texts), context()),
              testing::Contains("hotlines/a.toml:15:10: warning: prompt: is not heard while "
                                "media.mode is direct"));
}

TEST(BadMenu, a_package_may_lack_it) {
  Texts texts = with_menu();
  std::string platform = kPlatform + kRelay;
  platform.insert(platform.find("[schedule.office]"), "features = [\"queue\"]\n");
  texts[kPlatformFile] = platform;
  EXPECT_THAT(problems_of(MemoryFiles(texts), context()),
              ElementsAre("hotlines/a.toml:14:7: package \"standard\" has no feature \"menu\"",
                          "hotlines/a.toml:18:7: package \"standard\" has no feature \"menu\""));
}

}  // namespace
}  // namespace hotline::config
