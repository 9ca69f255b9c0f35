#include "sip/identity.h"

#include <string>

#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

struct Row {
  const char* what;
  std::string headers;
  bool trusted;
  number::Kind kind;
  const char* raw;
  const char* name;
};

Identity read(const std::string& headers, bool trusted) {
  const std::string text =
      "INVITE sip:4001234567@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2\r\n"
      "To: <sip:4001234567@127.0.0.1>\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n" +
      headers + "\r\n";
  msg_t* message =
      msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(text.size()));
  const Identity identity = identity_of(*sip_object(message), trusted);
  msg_destroy(message);
  return identity;
}

TEST(Identity, vouched_for_is_kept_of_a_hidden_caller) {
  const std::string headers =
      "From: <sip:anonymous@anonymous.invalid>;tag=x\r\nPrivacy: id\r\n"
      "P-Asserted-Identity: <sip:02161234567@carrier>\r\n";
  EXPECT_EQ(read(headers, true).asserted, "02161234567");
  EXPECT_EQ(read(headers, false).asserted, "");
}

TEST(Identity, of_the_caller) {
  const auto withheld = number::Kind::withheld;
  const auto unknown = number::Kind::unknown;
  const std::string from = "From: \"Li\" <sip:13900000000@carrier>;tag=x\r\n";
  const std::string nobody = "From: <sip:anonymous@anonymous.invalid>;tag=x\r\n";
  const std::string asserted = "P-Asserted-Identity: \"Wang\" <sip:02161234567@carrier>\r\n";
  const Row rows[] = {
      {"From alone", from, true, unknown, "13900000000", "Li"},
      {"asserted by a trusted trunk", from + asserted, true, unknown, "02161234567", "Wang"},
      {"asserted by any other", from + asserted, false, unknown, "13900000000", "Li"},
      {"asserted twice, the first counts",
       from + "P-Asserted-Identity: \"a,<b\" <sip:111@c>, <tel:+222>\r\n", true, unknown, "111",
       "a,<b"},
      {"asserted as a telephone number", from + "P-Asserted-Identity: <tel:+8613811112222>\r\n",
       true, unknown, "+8613811112222", "Li"},
      {"asserted as rubbish", from + "P-Asserted-Identity: <<<\r\n", true, unknown, "13900000000",
       "Li"},
      {"privacy: id", from + asserted + "Privacy: id\r\n", true, withheld, "02161234567", ""},
      {"privacy: header;user", from + "Privacy: header;user\r\n", false, withheld, "13900000000",
       ""},
      {"privacy: critical alone", from + "Privacy: critical\r\n", true, unknown, "13900000000",
       "Li"},
      {"privacy of the media, which is not ours to give", from + "Privacy: session\r\n", true,
       unknown, "13900000000", "Li"},
      {"privacy: none", from + "Privacy: none\r\n", true, unknown, "13900000000", "Li"},
      {"anonymous", nobody, true, withheld, "anonymous", ""},
      {"anonymous, though asserted", nobody + asserted, true, withheld, "02161234567", ""},
      {"no user", "From: <sip:carrier>;tag=x\r\n", true, withheld, "", ""},
  };
  for (const Row& row : rows) {
    const Identity identity = read(row.headers, row.trusted);
    EXPECT_EQ(identity.number.kind, row.kind) << row.what;
    EXPECT_EQ(identity.number.raw, row.raw) << row.what;
    EXPECT_EQ(identity.name, row.name) << row.what;
  }
}

}  // namespace
}  // namespace hotline::sip
