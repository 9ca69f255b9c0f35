#include <algorithm>
#include <filesystem>
#include <sstream>

#include <sys/stat.h>

#include "admin/times.h"
#include "config/digest.h"
#include "store/open.h"
#include "store/writer.h"
#include "unit/ctl/ctl_test.h"

namespace hotline::ctl {
namespace {

class ExportTest : public CtlTest {
 protected:
  std::string file_ = dir_ / "out.csv";

  static std::string read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  std::string read_file() const { return read(file_); }

  // A database in the state directory, whose calls cost something.
  void fill(std::uint64_t records) {
    const auto opened = store::open(dir_ / "state");
    ASSERT_TRUE(opened) << opened.error();
    store::Writer writer(
        opened->database,
        [] {
          return Now{Instant(), kThen};
        },
        [](const store::Writer::Works&) {}, [](const call::Event&) {});
    writer.open_account("acme", billing::standing_of_new(kThen), [](ports::Applied) {});
    for (std::uint64_t n = 1; n <= records; ++n) {
      cdr::Record record = sample_record(n).record;
      record.id = CallIdSource(n).next(kThen);
      writer.close_call({CallRef{n}, record, Money()},
                        {billing::call_charge("acme", record.id, record.charge, kThen)});
    }
    writer.stop();
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
  EXPECT_EQ(run({"cdr", "export", "-o", file_}), 0) << err_;
  EXPECT_EQ(out_, "");
  EXPECT_EQ(err_, "3 records in " + file_ + ", totals in " + file_ + ".totals\n");
  EXPECT_TRUE(read_file().starts_with("\xef\xbb\xbfseq,id,")) << read_file();
  EXPECT_EQ(lines_of(read_file()), 4);
  EXPECT_EQ(std::filesystem::status(file_).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(ExportTest, puts_control_totals_beside_it) {
  start_server();
  EXPECT_EQ(run({"cdr", "export", "--account", "acme", "--caller-province", "江苏省", "--from",
                 "2026-01-02", "--to", "2026-01-02", "-o", file_}),
            0)
      << err_;
  EXPECT_EQ(read(file_ + ".totals"),
            "file: out.csv\nsha256: " + config::sha256(read_file()) +
                "\nof: records\nzone: +08:00\nfrom: 2026-01-02T00:00:00.000+08:00\n"
                "to: 2026-01-03T00:00:00.000+08:00\naccount: acme\ncaller_province: 江苏省\n"
                "rows: 3\ncalls: 3\ntalk_ms: 183000\nbilled_s: 360\ncharge: 1.800\n");
  EXPECT_EQ(run({"ledger", "export", "--kind", "recharge", "-o", file_}), 0) << err_;
  EXPECT_EQ(read(file_ + ".totals"), "file: out.csv\nsha256: " + config::sha256(read_file()) +
                                         "\nof: entries\nzone: +08:00\nkind: recharge\nrows: 1\n"
                                         "in: 100.000\nout: 0.000\nnet: 100.000\n");
}

TEST_F(ExportTest, has_the_columns_and_titles_that_are_wanted) {
  desk_.records = 1;
  start_server();
  const struct {
    std::vector<std::string> arguments;
    const char* text;
  } rows[] = {
      {{"cdr", "--columns", "charge,seq,hotline"},
       "\xef\xbb\xbf"
       "charge,seq,hotline\r\n0.600,1,\"4001234567\t\"\r\n"},
      {{"cdr", "--no-bom", "--headers", "zh", "--columns", "hotline,phone_province"},
       "400号码,接听省份\r\n\"4001234567\t\",上海\r\n"},
      {{"cdr", "--no-bom", "--columns", "应答时间", "--zone", "+09:30"},
       "answered\r\n2026-01-02T04:34:07.178+09:30\r\n"},
      {{"ledger", "--no-bom"},
       "seq,id,at,account,kind,amount,balance_after,reference,by,why\r\n"
       "1,recharge:r1,2026-01-02T03:04:05.678+08:00,acme,recharge,100.000,100.000,r1,,\r\n"},
      {{"ledger", "--no-bom", "--headers", "zh", "--columns", "amount"}, "金额(元)\r\n100.000\r\n"},
  };
  for (const auto& row : rows) {
    std::vector<std::string> arguments = row.arguments;
    arguments.insert(arguments.begin() + 1, "export");
    EXPECT_EQ(run(arguments), 0) << err_;
    EXPECT_EQ(out_, row.text);
  }
}

TEST_F(ExportTest, wants_wishes_that_go_together) {
  const std::vector<std::string> rows[] = {
      {"cdr", "export", "--format", "xlsx"},
      {"cdr", "export", "--format", "jsonl", "--columns", "seq"},
      {"cdr", "export", "--columns", "seq,colour"},
      {"cdr", "export", "--headers", "fr"},
      {"cdr", "export", "--zone", "Asia/Shanghai"},
      {"cdr", "export", "--result", "perhaps"},
      {"cdr", "export", "--phone-province", "江荪"},
      {"ledger", "export", "--kind", "gift"},
      {"ledger", "export", "--hotline", "4001234567"},
  };
  for (const auto& arguments : rows) EXPECT_EQ(run(arguments), 2) << out_;
}

// Days are those of the hotline: of its schedules, where they agree.
TEST_F(ExportTest, a_period_is_in_the_hotlines_zone) {
  std::ofstream(dir_ / "hotline.toml", std::ios::app)
      << "[[trunk]]\nname = \"t\"\nsources = [\"127.0.0.2\"]\n"
         "[package.p]\nprice_per_min = \"0.300\"\n"
         "[schedule.tokyo]\noffset = \"+09:00\"\nweekly = { mon-fri = [\"09:00-18:00\"] }\n";
  std::filesystem::create_directory(dir_ / "hotlines");
  std::ofstream(dir_ / "hotlines/4001234567.toml")
      << "[hotline]\nnumber = \"4001234567\"\naccount = \"acme\"\npackage = \"p\"\n"
         "[[phone]]\nname = \"li\"\nuri = \"sip:li@127.0.0.9:5070\"\n"
         "[[group]]\nname = \"g\"\nring = \"sequence\"\nphones = [\"li\"]\n"
         "[[route]]\nname = \"day\"\nwhen = { schedule = \"tokyo\" }\nto = \"group:g\"\n"
         "[otherwise]\nto = \"refuse:closed\"\n";
  start_server();
  const auto from_of = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"cdr", "export", "--from", "2026-01-02"});
    EXPECT_EQ(run(arguments), 0) << err_;
    return admin::to_rfc3339(*desk_.asked.back().from);
  };
  EXPECT_EQ(from_of({"--hotline", "4001234567"}), "2026-01-01T23:00:00.000+08:00");
  EXPECT_EQ(from_of({"--hotline", "4007654321"}), "2026-01-02T00:00:00.000+08:00");
  EXPECT_EQ(from_of({"--hotline", "4001234567", "--zone", "Z"}), "2026-01-02T08:00:00.000+08:00");
  EXPECT_EQ(from_of({}), "2026-01-02T00:00:00.000+08:00");
}

TEST_F(ExportTest, the_same_query_gives_the_same_bytes) {
  start_server();
  for (const char* format : {"csv", "xlsx", "jsonl"}) {
    const auto bytes = [&] {
      EXPECT_EQ(run({"cdr", "export", "--format", format, "-o", file_}), 0) << err_;
      return read_file();
    };
    const std::string first = bytes();
    EXPECT_EQ(first, bytes()) << format;
    EXPECT_FALSE(first.empty()) << format;
  }
}

// What this user may read is read from the database itself: 300 records there, 3 at the server.
TEST_F(ExportTest, reads_the_database_itself_beside_a_running_server_or_without_one) {
  fill(300);
  EXPECT_EQ(run({"cdr", "export", "--no-bom"}), 0) << err_;
  EXPECT_EQ(lines_of(out_), 301);
  const std::string without = out_;
  EXPECT_TRUE(err_.starts_with("(the server is stopped: using its database in ")) << err_;
  desk_.state_dir = dir_ / "state";
  start_server();
  is_terminal_ = true;
  EXPECT_EQ(run({"cdr", "export", "--no-bom"}), 0) << err_;
  EXPECT_EQ(out_, without);
  EXPECT_NE(err_.find("exporting  [#"), std::string::npos) << err_;
  EXPECT_EQ(run({"ledger", "export", "--no-bom", "--columns", "amount"}), 0) << err_;
  EXPECT_EQ(lines_of(out_), 301);
  server_.reset();
  EXPECT_TRUE(desk_.asked.empty());
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

TEST_F(ExportTest, takes_the_place_of_no_device_and_no_pipe) {
  start_server();
  const std::string pipe = dir_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(run({"cdr", "export", "-o", pipe}), 1);
  EXPECT_NE(err_.find("cannot write " + pipe), std::string::npos) << err_;
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
}

TEST_F(ExportTest, writes_what_a_link_leads_to) {
  start_server();
  const std::string link = dir_ / "link.csv";
  std::ofstream(dir_ / "records.csv") << "old";
  std::filesystem::create_symlink("records.csv", link);
  EXPECT_EQ(run({"cdr", "export", "-o", link}), 0) << err_;
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_NE(read(dir_ / "records.csv"), "old");
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
