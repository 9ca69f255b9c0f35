#include "region_files/read_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include "support/temp_dir.h"

namespace hotline::region_files {
namespace {

using support::TempDir;

std::string packed(const TempDir& dir, const std::string& text) {
  const auto path = (dir.path() / "packed").string();
  gzFile file = gzopen(path.c_str(), "wb");
  HOTLINE_EXPECT(gzwrite(file, text.data(), static_cast<unsigned>(text.size())) ==
                 static_cast<int>(text.size()));
  HOTLINE_EXPECT(gzclose(file) == Z_OK);
  return dir.read("packed");
}

std::string varied(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i) text += std::to_string(i * 7919) + ",江苏\n";
  text.resize(size);
  return text;
}

TEST(ReadFile, unpacks_what_is_packed) {
  const TempDir dir;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{3'000'000}}) {
    const std::string text = varied(size);
    EXPECT_EQ(read_file(dir.write("plain", text)), text);
    EXPECT_EQ(read_file(dir.write("file.gz", packed(dir, text))), text);
    // Packed files may be joined.
    EXPECT_EQ(read_file(dir.write("two.gz", packed(dir, text) + packed(dir, "x"))), text + "x");
  }
}

TEST(ReadFile, is_bounded_unpacked_too) {
  const TempDir dir;
  const std::string text(std::size_t{2} << 20, 'a');
  for (const std::string& bytes : {text, packed(dir, text)}) {
    const auto path = dir.write("file", bytes);
    EXPECT_EQ(read_file(path, {}, text.size()), text);
    const auto more = read_file(path, {}, text.size() - 1);
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error(), "has more than 1 MiB");
  }
}

TEST(ReadFile, tells_what_is_damaged) {
  const TempDir dir;
  const std::string whole = packed(dir, varied(3'000'000));
  std::string wrong_sum = whole;
  wrong_sum[wrong_sum.size() - 8] ^= 1;
  std::string wrong_data = whole;
  for (std::size_t i = whole.size() / 2; i < whole.size() / 2 + 100; ++i) wrong_data[i] ^= 0x55;
  const struct {
    std::string bytes;
    const char* error;
  } rows[] = {
      {whole.substr(0, whole.size() / 2), "is cut off: its packed data ends too early"},
      {whole.substr(0, whole.size() - 1), "is cut off: its packed data ends too early"},
      {whole.substr(0, 12), "is cut off: its packed data ends too early"},
      {wrong_sum, "is damaged: its packed data makes no sense"},
      {wrong_data, "is damaged: its packed data makes no sense"},
  };
  for (const auto& row : rows) {
    const auto text = read_file(dir.write("file.gz", row.bytes));
    ASSERT_FALSE(text) << row.bytes.size();
    EXPECT_EQ(text.error(), row.error) << row.bytes.size();
  }
}

TEST(ReadFile, takes_regular_files_alone) {
  const TempDir dir;
  const auto pipe = dir.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const auto& path : {dir.path(), pipe, std::filesystem::path("/dev/zero")}) {
    EXPECT_EQ(read_file(path).error(), "is no regular file") << path;
  }
  EXPECT_EQ(read_file(dir.path() / "none").error(), "cannot be opened: No such file or directory");
}

TEST(ReadFile, tells_its_progress) {
  const TempDir dir;
  const auto path = dir.write("file.gz", packed(dir, varied(5'000'000)));
  std::size_t last = 0;
  std::size_t size = 0;
  ASSERT_TRUE(read_file(path, [&](std::size_t done, std::size_t whole) {
    EXPECT_LE(last, done);
    EXPECT_LE(done, whole);
    last = done;
    size = whole;
  }));
  EXPECT_EQ(size, std::filesystem::file_size(path));
  EXPECT_GT(last, size / 2);
}

}  // namespace
}  // namespace hotline::region_files
