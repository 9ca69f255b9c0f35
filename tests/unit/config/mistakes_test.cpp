// The mistakes that docs/config.md lists: each gives the message that stands there.
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

struct Mistake {
  const char* from;
  const char* to;
  const char* said;
  const char* file = kHotlineFile;
};

const Mistake kMistakes[] = {
    {"package = \"standard\"", "package = \"standart\"",
     "there is no package \"standart\"; did you mean \"standard\"?"},
    {"account = \"acme\"", "acount = \"acme\"",
     "unknown key \"acount\" in [hotline]; did you mean \"account\"?"},
    {"number = \"02161234567\"", "number = 02161234567", "leading zeroes are prohibited"},
    {"[[group]]", "lines = 0\n[[group]]", "lines: 0 is out of bounds, 1 to 100000 calls"},
    {"to = \"group:sales\"", "to = \"sales\"",
     "to: \"sales\" is no target here; wanted is group:NAME, menu:NAME, queue:NAME, "
     "voicemail:NAME, phone:NAME, hotline:NUMBER/GROUP, "
     "number:TRUNK/NUMBER or refuse:REASON"},
    {"to = \"group:sales\"", "to = \"group:sails\"",
     "there is no group \"sails\"; did you mean \"sales\"?"},
    {"[otherwise]", "on_busy = \"group:sales\"\n[otherwise]",
     "group \"sales\": what happens when nobody takes the call leads back to it; a call would go "
     "round for ever"},
    {"[otherwise]", "on_busy = \"refuse:closd\"\n[otherwise]",
     "on_busy: \"closd\" is no reason to refuse a call; there are blacklisted, withheld, "
     "region_refused, cap_reached, closed, no_answer, all_busy"},
    {"[otherwise]", "ring = \"weighted\"\n[otherwise]",
     "weights is missing: a number for each phone"},
    {"[otherwise]",
     "[[route]]\nname = \"r\"\nwhen = { date = \"2026-13-01\" }\nto = \"group:sales\"\n[otherwise]",
     "date: \"2026-13-01\" is no date nor range of dates; wanted is "
     "\"2026-10-01..2026-10-07\""},
    {"price_per_min = \"0.300\"", "price_per_min = \"0.350\"\nincrements_s = [1, 1]",
     "price_per_min: 0.350 over increments of 1 and 1 seconds is no whole number of 厘; the "
     "nearest prices that are: \"0.300\" and \"0.360\"",
     kPlatformFile},
    {"price_per_min = \"0.300\"",
     "price_per_min = \"0.300\"\nsteps = [{ from_s = 90, price_per_min = \"0.200\" }]",
     "from_s: no unit begins after 90 seconds of talk; the nearest are 60 and 120", kPlatformFile},
    {"[otherwise]\nto = \"group:sales\"\n", "", "there is no [otherwise]"},
};

std::string document() {
  std::ifstream file(HOTLINE_SOURCE_DIR "/docs/config.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Mistakes, say_what_the_document_says) {
  const std::string text = document();
  ASSERT_EQ(std::size(kMistakes), 13u);
  for (const Mistake& mistake : kMistakes) {
    Texts texts = good_texts();
    std::string& file = texts[mistake.file];
    const auto at = file.find(mistake.from);
    ASSERT_NE(at, std::string::npos) << mistake.from;
    file.replace(at, std::string(mistake.from).size(), mistake.to);
    EXPECT_THAT(problems_of(texts), testing::Contains(testing::HasSubstr(mistake.said)));
    EXPECT_THAT(text, testing::HasSubstr(mistake.said));
  }
}

}  // namespace
}  // namespace hotline::config
