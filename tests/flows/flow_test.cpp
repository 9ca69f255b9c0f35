// Runs every transcript in this folder: header lines, then event lines, each followed by the exact
// actions it must bring about, indented. `test_flows --rewrite` writes down what happens today
// instead; read the difference before you keep it.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "flows/world.h"

namespace hotline::flows {
namespace {

bool rewriting = false;

std::vector<std::filesystem::path> transcripts() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(HOTLINE_SOURCE_DIR "/tests/flows")) {
    if (entry.path().extension() == ".flow") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& info) {
  return info.param.stem().string();
}

// The transcript as it runs: everything but the indented lines is taken over.
std::string replay(std::istream& transcript) {
  World world;
  std::ostringstream result;
  for (std::string line; std::getline(transcript, line);) {
    if (line.starts_with("  ")) continue;
    result << line << '\n';
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with('@')) {
      for (const std::string& asked : world.run(line)) result << "  " << asked << '\n';
    } else {
      world.configure(line);
    }
  }
  return result.str();
}

class Flow : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Flow, happens_as_written) {
  std::ifstream file(GetParam());
  std::ostringstream whole;
  whole << file.rdbuf();
  std::istringstream transcript(whole.str());
  const std::string happened = replay(transcript);
  if (rewriting) {
    std::ofstream(GetParam()) << happened;
    return;
  }
  EXPECT_EQ(happened, whole.str());
}

INSTANTIATE_TEST_SUITE_P(All, Flow, testing::ValuesIn(transcripts()), name_of);

}  // namespace
}  // namespace hotline::flows

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--rewrite") == 0) hotline::flows::rewriting = true;
  }
  return RUN_ALL_TESTS();
}
