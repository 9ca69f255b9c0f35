#include <gtest/gtest.h>

#include "hotline/routing/hotline.h"

namespace hotline::routing {
namespace {

TEST(PhonePlace, the_province_of_its_number) {
  const auto regions = region::builtin_table();
  const struct {
    PhoneAddress address;
    const char* province;
  } rows[] = {
      {TrunkNumber{"unicom", "02161234567"}, "上海"},
      {TrunkNumber{"unicom", "+862161234567"}, "上海"},
      {TrunkNumber{"unicom", "05126123456"}, "江苏"},
      {TrunkNumber{"unicom", "13800000001"}, "北京"},
      {TrunkNumber{"unicom", "+85221234567"}, "香港"},
      {TrunkNumber{"unicom", "61234567"}, "未知"},  // no area code
      {TrunkNumber{"unicom", "95588"}, "未知"},
      {PhoneUri{"sip:02161234567@127.0.0.9:5070"}, ""},
  };
  for (const auto& row : rows) {
    const auto* number = std::get_if<TrunkNumber>(&row.address);
    EXPECT_EQ(province_of(row.address, *regions), row.province)
        << (number ? number->number : "a URI");
  }
}

}  // namespace
}  // namespace hotline::routing
