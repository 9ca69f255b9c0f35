#include <algorithm>
#include <filesystem>
#include <sstream>

#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

class ExportTest : public CtlTest {
 protected:
  std::string file_ = dir_ / "out.csv";

  std::string read_file() const {
    std::ostringstream text;
    text << std::ifstream(file_, std::ios::binary).rdbuf();
    return text.str();
  }

  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(dir_ / ""),
                                                  std::filesystem::directory_iterator()));
  }
};

auto lines_of(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

TEST_F(ExportTest, brings_every_record_page_by_page) {
  desk_.records = 1200;
  start_server();
  EXPECT_EQ(run({"cdr", "export", "--account", "acme", "--from", "2026-01-01"}), 0) << err_;
  EXPECT_EQ(lines_of(out_), 1201);
  EXPECT_NE(out_.find("\r\n1200,"), std::string::npos);
  EXPECT_EQ(out_.find("\r\n1201,"), std::string::npos);
  server_.reset();
  ASSERT_EQ(desk_.asked.size(), 3U);
  EXPECT_EQ(desk_.asked[2].after_seq, 1000U);
  for (const auto& query : desk_.asked) {
    EXPECT_EQ(query.account, "acme");
    EXPECT_FALSE(query.newest_first);
    EXPECT_TRUE(query.from);
  }
}

TEST_F(ExportTest, writes_a_whole_file_for_its_owner) {
  start_server();
  EXPECT_EQ(run({"cdr", "export", "--bom", "-o", file_}), 0) << err_;
  EXPECT_EQ(out_, "");
  EXPECT_EQ(err_, "3 records in " + file_ + "\n");
  EXPECT_TRUE(read_file().starts_with("\xef\xbb\xbfseq,id,")) << read_file();
  EXPECT_EQ(lines_of(read_file()), 4);
  EXPECT_EQ(std::filesystem::status(file_).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(ExportTest, leaves_the_old_file_when_it_fails_midway) {
  std::ofstream(file_) << "old";
  desk_.records = 1200;
  desk_.fail_after = 1;
  start_server();
  const auto files_before = files();
  EXPECT_EQ(run({"cdr", "export", "-o", file_}), 1);
  EXPECT_EQ(read_file(), "old");
  EXPECT_EQ(files(), files_before);
}

TEST_F(ExportTest, says_where_it_cannot_write) {
  start_server();
  EXPECT_EQ(run({"cdr", "export", "-o", dir_ / "no/such/place.csv"}), 1);
  EXPECT_NE(err_.find("cannot write"), std::string::npos) << err_;
}

TEST_F(ExportTest, has_exact_lines_for_programs) {
  start_server();
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"cdr", "export", "--format", "jsonl"},
        {"cdr", "export", "--json"}}) {
    EXPECT_EQ(run(arguments), 0) << err_;
    EXPECT_EQ(lines_of(out_), 3);
    const auto first = admin::Json::parse(out_.substr(0, out_.find('\n')));
    EXPECT_EQ(first, admin::to_json(sample_record(1)));
  }
}

}  // namespace
}  // namespace hotline::ctl
