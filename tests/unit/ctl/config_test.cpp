// config history|diff|rollback|reference with the server stopped, on a directory and a history of
// their own. With a server: tests/scenario/rollback.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "config/history.h"
#include "config/load.h"
#include "config/reference.h"
#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

namespace fs = std::filesystem;

using config::Origin;

constexpr const char* kHotlineFile = "hotlines/a.toml";

class ConfigTest : public CtlTest {
 protected:
  ConfigTest() {
    fs::create_directories(dir_ / "hotlines");
    fs::create_directories(dir_ / "state");
    platform_ = read("hotline.toml") +
                "[[trunk]]\nname = \"unicom\"\nsources = [\"127.0.0.2\"]\n"
                "gateways = [\"udp:127.0.0.2:5060\"]\nusername = \"u\"\npassword_file = \"pass\"\n"
                "[package.standard]\nprice_per_min = \"0.300\"\n";
    write("hotline.toml", platform_);
    write("pass", "the first word\n");
    fs::permissions(dir_ / "pass", fs::perms(0600));
    write(kHotlineFile, hotline("desk"));
  }

  static std::string hotline(const std::string& phone) {
    return "[hotline]\nnumber = \"4001234567\"\naccount = \"acme\"\npackage = \"standard\"\n"
           "[[phone]]\nname = \"" +
           phone +
           "\"\nnumber = \"02161234567\"\ntrunk = \"unicom\"\n"
           "[[group]]\nname = \"all\"\nphones = [\"" +
           phone +
           "\"]\n"
           "[otherwise]\nto = \"group:all\"\n";
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(dir_ / name) << text;
  }
  std::string read(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(dir_ / name).rdbuf();
    return text.str();
  }

  // What the server does with a configuration it takes.
  void load_as(Origin origin) {
    config::Context context;
    context.today = kThen;
    context.regions = region::builtin_table();
    context.read_number = [](std::string_view) { return number::Number{}; };
    const auto loaded = config::load(fs::path(dir_ / ""), context);
    ASSERT_TRUE(loaded) << loaded.error().front().to_string();
    const auto kept =
        config::History(dir_ / "state")
            .keep(config::version_of(loaded->files, std::move(origin), kThen), loaded->files);
    ASSERT_TRUE(kept) << kept.error();
  }
  void load_two() {
    load_as({Origin::How::start, {}, {}});
    write(kHotlineFile, hotline("li"));
    write("pass", "the second word\n");
    load_as({Origin::How::command, 1000U, "li"});
  }

  std::string platform_;
};

TEST_F(ConfigTest, history_says_when_and_who) {
  EXPECT_EQ(run({"config", "history"}), 0) << err_;
  EXPECT_EQ(out_, "no configuration was loaded yet\n");
  load_two();
  write(kHotlineFile, hotline("desk"));
  write("pass", "the first word\n");
  load_as({Origin::How::signal, {}, {}});
  EXPECT_EQ(run({"config", "history"}), 0) << err_;
  const std::string hash = config::History(dir_ / "state").list()->versions[0].hash.substr(0, 12);
  const std::string other = config::History(dir_ / "state").list()->versions[1].hash.substr(0, 12);
  EXPECT_EQ(out_,
            "VERSION  SINCE                BY         FILES  HASH          NOTE\n"
            "      3  2026-01-02 03:04:05  signal         3  " +
                hash +
                "  in use, same as 1\n"
                "      2  2026-01-02 03:04:05  li (1000)      3  " +
                other +
                "\n"
                "      1  2026-01-02 03:04:05  start          3  " +
                hash + "\n");
  EXPECT_EQ(run({"config", "history", "--json"}), 0);
  const auto newest = admin::Json::parse(out_).at("versions").at(0);
  EXPECT_EQ(newest.at("version"), 3);
  EXPECT_EQ(newest.at("same_as"), 1);
  EXPECT_EQ(newest.at("in_use"), true);
}

TEST_F(ConfigTest, diff_shows_words_and_lines_but_no_password) {
  load_two();
  EXPECT_EQ(run({"config", "diff", "1", "2"}), 0) << err_;
  EXPECT_TRUE(out_.starts_with(
      "1 hotline changed, 1 group changed, 1 phone removed, 1 phone added, 1 file changed: "))
      << out_;
  EXPECT_NE(out_.find("--- hotlines/a.toml (version 1)\n+++ hotlines/a.toml (version 2)\n"),
            std::string::npos)
      << out_;
  EXPECT_NE(out_.find("\n-name = \"desk\"\n+name = \"li\"\n"), std::string::npos) << out_;
  EXPECT_NE(out_.find("\npass differs; it holds a password and is not shown\n"), std::string::npos);
  EXPECT_EQ(out_.find(" word"), std::string::npos) << out_;
  EXPECT_EQ(run({"config", "diff", "1", "2", "--json"}), 0);
  EXPECT_EQ(out_.find(" word"), std::string::npos) << out_;
  EXPECT_EQ(admin::Json::parse(out_).at("files").size(), 2U);
}

TEST_F(ConfigTest, diff_of_the_version_in_use_and_the_directory) {
  load_two();
  EXPECT_EQ(run({"config", "diff"}), 0) << err_;
  EXPECT_EQ(out_, "nothing changed\n");
  write(kHotlineFile, hotline("li") + "# mine\n");
  EXPECT_EQ(run({"config", "diff"}), 0) << err_;
  EXPECT_TRUE(out_.starts_with("nothing changed but the layout or comments of 1 file\n")) << out_;
  EXPECT_NE(out_.find("\n+# mine\n"), std::string::npos) << out_;
  EXPECT_EQ(run({"config", "diff", "1"}), 0) << err_;
  EXPECT_TRUE(out_.starts_with("1 hotline changed, ")) << out_;

  // A file that is no TOML any more, and one that no other names for that.
  write("hotline.toml", "[server\nstate_dir = \"" + (dir_ / "state") + "\"\n");
  EXPECT_EQ(run({"config", "diff"}), 0) << err_;
  EXPECT_TRUE(out_.starts_with("1 file changed: file hotline.toml changed\n")) << out_;
  EXPECT_EQ(out_.find(" word"), std::string::npos) << out_;
}

TEST_F(ConfigTest, rollback_puts_the_old_files_back) {
  load_two();
  EXPECT_EQ(run({"config", "rollback", "1"}), 0) << err_;
  EXPECT_EQ(out_, "version 1 is back in " + (dir_ / "") +
                      ": 2 files written, 0 removed\n"
                      "the server is stopped: it will start with these files\n");
  EXPECT_EQ(read(kHotlineFile), hotline("desk"));
  EXPECT_EQ(read("pass"), "the first word\n");
  EXPECT_EQ(fs::status(dir_ / "pass").permissions(), fs::perms(0600));
}

TEST_F(ConfigTest, rollback_loses_no_edits) {
  load_two();
  write(kHotlineFile, hotline("wang"));
  write("hotlines/b.toml", "[hotline");
  EXPECT_EQ(run({"config", "rollback", "1"}), 1);
  EXPECT_NE(err_.find(" has edits that were never loaded: "), std::string::npos) << err_;
  EXPECT_NE(err_.find("phone wang of 4001234567 added"), std::string::npos) << err_;
  EXPECT_EQ(read(kHotlineFile), hotline("wang"));

  EXPECT_EQ(run({"config", "rollback", "1", "--force"}), 0) << err_;
  EXPECT_NE(out_.find(": 2 files written, 1 removed\nwhat was there is kept as version 3\n"),
            std::string::npos)
      << out_;
  EXPECT_EQ(read(kHotlineFile), hotline("desk"));
  EXPECT_FALSE(fs::exists(dir_ / "hotlines/b.toml"));
  EXPECT_EQ(run({"config", "history"}), 0);
  EXPECT_NE(out_.find("never loaded\n"), std::string::npos) << out_;
  const auto listed = config::History(dir_ / "state").list();
  EXPECT_EQ(listed->in_use()->number, 2u);
  const auto saved = config::History(dir_ / "state").texts(*listed->find(3));
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->at(1).text, hotline("wang"));
  EXPECT_EQ(saved->at(2).text, "[hotline");
}

TEST_F(ConfigTest, rollback_of_a_directory_in_ruins) {
  load_two();
  write("hotline.toml", "[server\nstate_dir = \"" + (dir_ / "state") + "\"\n");
  write("pass", "an edit that nothing names\n");
  EXPECT_EQ(run({"config", "rollback", "1"}), 1);
  EXPECT_EQ(run({"config", "rollback", "1", "--force"}), 0) << err_;
  EXPECT_EQ(read("hotline.toml"), platform_);
  const auto listed = config::History(dir_ / "state").list();
  const auto* kept = listed->find(3)->find("pass");
  ASSERT_NE(kept, nullptr) << "what is overwritten is kept, though no file named it";
  EXPECT_TRUE(kept->is_secret);
  EXPECT_EQ(config::History(dir_ / "state").text(*kept).value(), "an edit that nothing names\n");
}

TEST_F(ConfigTest, rollback_to_what_is_not_there_or_does_not_load) {
  load_two();
  EXPECT_EQ(run({"config", "rollback", "7"}), 1);
  EXPECT_EQ(err_,
            "hotlinectl: there is no version 7 in the history\n  see hotlinectl config history\n");
  EXPECT_EQ(run({"config", "rollback", "0"}), 2);
  EXPECT_EQ(run({"config", "diff", "1", "7"}), 1);

  const std::vector<config::KeptFile> bad = {{"hotline.toml", "[server]\nlissten = 1\n", false}};
  ASSERT_TRUE(config::History(dir_ / "state")
                  .keep(config::version_of(bad, {Origin::How::start, {}, {}}, kThen), bad));
  load_as({Origin::How::start, {}, {}});
  EXPECT_EQ(run({"config", "rollback", "3"}), 1);
  EXPECT_NE(out_.find("hotline.toml:2:1: error: "), std::string::npos) << out_;
  EXPECT_NE(err_.find("version 3 cannot be loaded any more; nothing was changed"),
            std::string::npos)
      << err_;
  EXPECT_EQ(read("hotline.toml"), platform_);
}

TEST_F(ConfigTest, a_running_server_says_which_directory_it_reads) {
  load_two();
  desk_.config_dir = "/somewhere/else";
  desk_.state_dir = dir_ / "state";
  start_server();
  EXPECT_EQ(run({"config", "rollback", "1"}), 1);
  EXPECT_NE(err_.find("the running server reads /somewhere/else, not "), std::string::npos) << err_;
  EXPECT_EQ(read(kHotlineFile), hotline("li"));
}

TEST_F(ConfigTest, a_server_that_refuses_is_told_loudly) {
  load_two();
  desk_.config_dir = dir_ / "";
  desk_.state_dir = dir_ / "state";
  start_server();
  EXPECT_EQ(run({"config", "rollback", "1"}), 1);
  EXPECT_NE(err_.find("is back in " + (dir_ / "") + ", but the server did not take it over:\n"),
            std::string::npos)
      << err_;
  EXPECT_NE(out_.find("unknown key \"lissten\""), std::string::npos) << out_;
}

TEST_F(ConfigTest, reference_is_that_of_the_document) {
  EXPECT_EQ(run({"config", "reference"}), 0) << err_;
  EXPECT_EQ(out_, config::reference_markdown());
  EXPECT_EQ(run({"config", "reference", "--json"}), 0);
  const auto sections = admin::Json::parse(out_).at("sections");
  EXPECT_EQ(sections.at(0).at("written"), "[server]");
  EXPECT_EQ(sections.at(0).at("keys").at(0).at("key"), "listen");
  EXPECT_EQ(sections.at(0).at("keys").at(0).at("bounds").at(1), 16);
}

}  // namespace
}  // namespace hotline::ctl
