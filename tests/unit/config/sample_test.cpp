// The configuration we ship loads without a word, shows every key, and does what its comments say.
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hotline/routing/decision.h"

#include "config/keys.h"
#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

constexpr const char* kSample = HOTLINE_SOURCE_DIR "/config";

number::Number read_with_area(std::string_view text) {
  if (text == "010-62000000") return {number::Kind::landline, "+861062000000", std::string(text)};
  return read_number(text);
}

Context sample_context() {
  Context with = context();
  with.read_number = read_with_area;
  return with;
}

TEST(Sample, loads_without_a_word) {
  EXPECT_THAT(problems_of(DiskFiles(kSample), sample_context()), testing::ElementsAre());
}

TEST(Sample, shows_every_key) {
  const auto loaded = load(kSample, sample_context()).value();
  std::string platform;
  std::string hotlines;
  for (const KeptFile& file : loaded.files) {
    if (file.name == kPlatformFile) platform = file.text;
    if (file.name.starts_with("hotlines/")) hotlines += file.text;
  }
  for (const Section& section : sections()) {
    const std::string& text = section.file == File::platform ? platform : hotlines;
    for (const Key& key : section.keys) {
      EXPECT_THAT(text, testing::ContainsRegex("[{ ,\n]" + std::string(key.name) + " = |\\." +
                                               std::string(key.name) + "\\]"))
          << section.name;
    }
  }
}

struct Row {
  const char* hotline;
  number::Number caller;
  const char* when;  // UTC
  const char* group_or_cause;
};

std::string verdict_of(const routing::Decision& decision) {
  if (const auto* cause = std::get_if<Cause>(&decision.verdict)) {
    return std::string(to_string(*cause));
  }
  const auto* plan = std::get_if<routing::RingPlan>(&decision.verdict);
  return plan == nullptr ? routing::outcome(decision) : plan->group->name;
}

TEST(Sample, decides_as_its_comments_say) {
  const auto snapshot = load(kSample, sample_context()).value().snapshot;
  const number::Number shanghai{number::Kind::landline, "+862155550000", ""};
  const number::Number beijing{number::Kind::landline, "+861055550000", ""};
  const number::Number vip{number::Kind::mobile, "+8613800138000", ""};
  const number::Number nuisance{number::Kind::mobile, "+8617155550000", ""};
  const number::Number hidden{number::Kind::withheld, "", ""};
  const number::Number abroad{number::Kind::abroad, "+4930123456", ""};
  constexpr const char* kMonday = "2026-06-01";  // 08:00 in China
  const Row rows[] = {
      {"4001234567", shanghai, "10:00", "east"},
      {"4001234567", beijing, "10:00", "sales"},
      {"4001234567", beijing, "12:30", "closed"},
      {"4001234567", vip, "03:00", "sales"},
      {"4001234567", nuisance, "10:00", "blacklisted"},
      {"4007654321", beijing, "10:00", "day"},
      {"4007654321", beijing, "20:00", "closed"},
      {"4007654321", beijing, "23:00", "night"},
      {"4007654321", beijing, "06:59", "night"},
      {"4008889999", hidden, "10:00", "all"},
      {"4008889999", abroad, "10:00", "region_refused"},
      {"4006006600", vip, "03:00", "vip"},
      {"4006006600", shanghai, "10:00", "east"},
      {"4006006601", beijing, "19:59", "agents"},
      {"4008008800", beijing, "10:00", "menu main"},
      {"4006006600", abroad, "10:00", "region_refused"},
      {"4006006600", beijing, "20:00", "closed"},
      {"4006006600", shanghai, "22:30", "number:telecom/02160001000"},
  };
  for (const Row& row : rows) {
    const int hours = std::stoi(row.when) - 8;
    const int minutes = std::stoi(std::string(row.when).substr(3));
    const WallTime when = day(kMonday) + std::chrono::hours(hours) + std::chrono::minutes(minutes);
    const routing::Hotline* hotline = snapshot->find(row.hotline);
    ASSERT_TRUE(hotline) << row.hotline;
    const auto decision =
        routing::decide({*snapshot, *hotline, row.caller, when, routing::QuietFacts()});
    EXPECT_EQ(verdict_of(decision), row.group_or_cause)
        << row.hotline << " " << row.caller.e164 << " " << row.when;
  }
  EXPECT_EQ(snapshot->find("4008889999")->present, routing::Present::hotline);
}

}  // namespace
}  // namespace hotline::config
