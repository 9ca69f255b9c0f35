#include "sip/uri.h"

#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

struct Home {
  Home() { su_home_init(home); }
  ~Home() { su_home_deinit(home); }
  su_home_t home[1] = {SU_HOME_INIT(home)};
};

TEST(Uri, what_misleads_the_library_is_found) {
  struct Row {
    const char* text;
    bool misleads;
  };
  const Row rows[] = {
      {"", false},
      {"lrX", false},
      {";lr", false},
      {";lr=on", false},
      {";lr;x", false},
      {"<sip:a@b;lr>, <sip:c@d;lr>", false},
      {"<sip:a@b;lrX>", true},
      {";LRx", true},
      {"; lrx", true},
      {";lr-y", true},
      {";maddrs", true},
      {";maddr=1.2.3.4", false},
      {";transport=udp", false},
      {";transports", true},
      {";x;lrX;y", true},
  };
  for (const Row& row : rows) EXPECT_EQ(misleads_sofia(row.text), row.misleads) << row.text;
}

TEST(Uri, only_one_sane_contact_will_do) {
  struct Row {
    const char* header;
    bool sane;
  };
  const Row rows[] = {
      {"<sip:a@127.0.0.2:5060>", true},
      {"<sips:a@127.0.0.2>", true},
      {"sip:127.0.0.2", true},
      {"<sip:a@pbx.example.com;transport=udp>", true},
      {"\"Bob\" <sip:a@127.0.0.2>;expires=3600", true},
      {"*", false},
      {"<tel:+8613900000000>", false},
      {"<mailto:a@b.example>", false},
      {"<http://b.example/>", false},
      {"<sip:a@127.0.0.2>, <sip:b@127.0.0.2>", false},
      {"<sip:a@127.0.0.2;lrX>", false},
  };
  for (const Row& row : rows) {
    Home home;
    EXPECT_EQ(is_sane(sip_contact_make(home.home, row.header)), row.sane) << row.header;
  }
  EXPECT_FALSE(is_sane(static_cast<const sip_contact_t*>(nullptr)));
}

TEST(Uri, holds_a_number) {
  struct Row {
    const char* uri;
    const char* number;
  };
  const Row rows[] = {
      {"sip:4001234567@127.0.0.1", "4001234567"},
      {"sip:+8613900000000;phone-context=x@127.0.0.1;user=phone", "+8613900000000"},
      {"sip:%2B8613900000000@127.0.0.1", "+8613900000000"},
      {"sip:12%003%0a4@127.0.0.1", "1234"},
      {"tel:+8613900000000;isub=1", "+8613900000000"},
      {"sip:127.0.0.1", ""},
      {"mailto:a@b", ""},
  };
  for (const Row& row : rows) {
    Home home;
    const url_t* uri = url_make(home.home, row.uri);
    ASSERT_NE(uri, nullptr) << row.uri;
    EXPECT_EQ(number_of(uri), row.number) << row.uri;
  }
  Home home;
  const std::string endless = "sip:" + std::string(500, '9') + "@127.0.0.1";
  EXPECT_EQ(number_of(url_make(home.home, endless.c_str())).size(), 64u);
}

TEST(Uri, points_at_an_address_or_at_a_name) {
  EXPECT_EQ(host_of("sip:a@127.0.0.9:5070"), Address::parse("127.0.0.9"));
  EXPECT_EQ(host_of("sip:a@[::1]:5070"), Address::parse("::1"));
  EXPECT_EQ(host_of("sip:a@pbx.example.com"), std::nullopt);
  EXPECT_EQ(host_of("tel:123"), std::nullopt);
  EXPECT_EQ(host_of("rubbish"), std::nullopt);
}

TEST(Uri, is_written_so_that_no_character_breaks_out) {
  EXPECT_EQ(named_at("+8613900000000", "127.0.0.1"), "<sip:+8613900000000@127.0.0.1>");
  EXPECT_EQ(named_at("1>;x@y\r\n", "h"), "<sip:1%3E%3Bx%40y%0D%0A@h>");
}

TEST(Name, is_cleaned_and_quoted) {
  EXPECT_EQ(clean_name(nullptr), "");
  EXPECT_EQ(clean_name("\"Bob \\\"B\\\" \\\\\""), "Bob \"B\" \\");
  EXPECT_EQ(clean_name("a\r\nVia: x\x7f"), "aVia: x");
  EXPECT_EQ(clean_name(std::string(500, 'x').c_str()).size(), 64u);
  const std::string han = "张张张张张张张张张张张张张张张张张张张张张张张张";  // 72 bytes
  EXPECT_EQ(clean_name(han.c_str()), han.substr(0, 63));
  EXPECT_EQ(quoted(""), "");
  EXPECT_EQ(quoted("a\"b\\c\r\n"), "\"a\\\"b\\\\c\" ");
}

}  // namespace
}  // namespace hotline::sip
