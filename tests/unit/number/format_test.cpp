// One number, in the form each carrier wants.
#include "hotline/number/format.h"

#include <vector>

#include <gtest/gtest.h>

namespace hotline::number {
namespace {

struct Row {
  const char* written;
  const char* national;
  const char* national_0;
  const char* national_bare;
  const char* e164;
  const char* e164_bare;
};

TEST(Format, each_form_of_each_number) {
  const Row landline{"",           "02161234567",   "02161234567",
                     "2161234567", "+862161234567", "862161234567"};
  const Row mobile{
      "", "13900000000", "013900000000", "13900000000", "+8613900000000", "8613900000000"};
  const Row city{"", "05125234567", "05125234567", "5125234567", "+865125234567", "865125234567"};
  const Row abroad{"",           "0085223456789", "0085223456789", "0085223456789", "+85223456789",
                   "85223456789"};
  const struct {
    std::vector<const char*> forms;
    Row wanted;
  } rows[] = {
      {{"02161234567", "2161234567", "+862161234567", "862161234567", "00862161234567",
        "021-61234567", "(021) 6123 4567"},
       landline},
      {{"13900000000", "013900000000", "+8613900000000", "8613900000000", "008613900000000",
        "1791113900000000", "017911013900000000", "+86013900000000"},
       mobile},
      {{"05125234567", "+865125234567"}, city},
      {{"+85223456789", "0085223456789", "+852 2345-6789"}, abroad},
  };
  for (const auto& row : rows) {
    for (const char* form : row.forms) {
      EXPECT_EQ(written_as(form, Format::as_written), form);
      EXPECT_EQ(written_as(form, Format::national), row.wanted.national) << form;
      EXPECT_EQ(written_as(form, Format::national_0), row.wanted.national_0) << form;
      EXPECT_EQ(written_as(form, Format::national_bare), row.wanted.national_bare) << form;
      EXPECT_EQ(written_as(form, Format::e164), row.wanted.e164) << form;
      EXPECT_EQ(written_as(form, Format::e164_bare), row.wanted.e164_bare) << form;
    }
  }
}

TEST(Format, what_cannot_be_placed_stays_as_written) {
  for (const char* text : {"", "110", "95588", "4001234567", "+864001234567", "anonymous", "+",
                           "+0123456", "00", "1390000000a", "+1234567890123456"}) {
    for (const Format format : {Format::national, Format::national_0, Format::national_bare,
                                Format::e164, Format::e164_bare}) {
      EXPECT_EQ(written_as(text, format), text);
    }
  }
}

TEST(Format, words) {
  for (const char* word :
       {"as_written", "national", "national_0", "national_bare", "e164", "e164_bare"}) {
    EXPECT_TRUE(format_from_string(word)) << word;
  }
  EXPECT_FALSE(format_from_string("E164"));
}

}  // namespace
}  // namespace hotline::number
