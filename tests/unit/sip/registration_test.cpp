// What is read of a REGISTER.
#include "sip/registration.h"

#include <string>

#include <gtest/gtest.h>

#include "sip/md5.h"

namespace hotline::sip {
namespace {

constexpr const char* kProof =
    "Authorization: Digest username=\"desk\", realm=\"hotline\", nonce=\"n,1\", "
    "uri=\"sip:pbx.example\", response=\"6629fae49393a05397450978507c4ef1\", algorithm=MD5, "
    "cnonce=\"0a\\\"4f\", qop=auth, nc=00000001, opaque=\"x\"\r\n";

Registration read(const std::string& headers, const std::string& uri = "sip:pbx.example",
                  const std::string& to = "<sip:desk@pbx.example>",
                  const std::string& call_id = "c-1") {
  const std::string text = "REGISTER " + uri +
                           " SIP/2.0\r\nVia: SIP/2.0/UDP 192.168.1.5;branch=z9hG4bKa\r\n"
                           "From: <sip:desk@pbx.example>;tag=1\r\nTo: " +
                           to + "\r\nCall-ID: " + call_id + "\r\nCSeq: 17 REGISTER\r\n" + headers +
                           "Content-Length: 0\r\n\r\n";
  msg_t* message =
      msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(text.size()));
  const sip_t* sip = sip_object(message);
  Registration asked;
  if (sip != nullptr && sip->sip_request != nullptr) {
    asked = registration_of(*sip, *Address::parse("192.0.2.1"), "hotline");
  }
  msg_destroy(message);
  return asked;
}

std::string digest(const std::string& parameters) {
  return "Authorization: Digest " + parameters + "\r\n";
}

TEST(Registration, reads_a_first_request) {
  const auto asked = read(
      "Contact: \"Desk\" <sip:desk@192.168.1.5:5062;transport=udp>;expires=120;q=0.5\r\n"
      "Expires: 600\r\n");
  EXPECT_EQ(asked.source, *Address::parse("192.0.2.1"));
  EXPECT_EQ(asked.user, "desk");
  EXPECT_EQ(asked.request_uri, "sip:pbx.example");
  EXPECT_FALSE(asked.proof);
  ASSERT_EQ(asked.contacts.size(), 1u);
  EXPECT_EQ(asked.contacts[0].uri, "sip:desk@192.168.1.5:5062;transport=udp");
  EXPECT_EQ(asked.contacts[0].expires, Seconds(120));
  EXPECT_FALSE(asked.removes_all);
  EXPECT_EQ(asked.expires, Seconds(600));
  EXPECT_EQ(asked.call_id, "c-1");
  EXPECT_EQ(asked.cseq, 17u);
}

TEST(Registration, reads_a_proof) {
  const auto asked = read(kProof);
  ASSERT_TRUE(asked.proof);
  EXPECT_EQ(asked.proof->username, "desk");
  EXPECT_EQ(asked.proof->realm, "hotline");
  EXPECT_EQ(asked.proof->nonce, "n,1");
  EXPECT_EQ(asked.proof->uri, "sip:pbx.example");
  EXPECT_EQ(asked.proof->response, "6629fae49393a05397450978507c4ef1");
  EXPECT_EQ(asked.proof->algorithm, "MD5");
  EXPECT_EQ(asked.proof->cnonce, "0a\"4f");
  EXPECT_EQ(asked.proof->qop, "auth");
  EXPECT_EQ(asked.proof->nc, "00000001");
  EXPECT_TRUE(asked.contacts.empty());
  EXPECT_FALSE(asked.expires);
}

TEST(Registration, the_proof_for_our_realm_is_found) {
  const std::string other = digest("username=\"a\", realm=\"other\", nonce=\"1\"");
  const std::string basic = "Authorization: Basic ZGVzazpzM2NyZXQ=\r\n";
  auto asked = read(other + basic + kProof);
  ASSERT_TRUE(asked.proof);
  EXPECT_EQ(asked.proof->username, "desk");
  EXPECT_FALSE(read(other + basic).proof);
  std::string many;
  for (int i = 0; i < 8; ++i) many += other;
  EXPECT_FALSE(read(many + kProof).proof) << "not searched without end";
}

TEST(Registration, what_is_no_proof) {
  const std::string realm = "realm=\"hotline\"";
  std::string parameters = realm;
  for (int i = 0; i < 32; ++i) parameters += ", x" + std::to_string(i) + "=1";
  const std::string long_text(600, 'a');
  for (const std::string& header : {
           digest("username=\"desk\""),
           digest(realm + ", nonce=\"1\", nonce=\"2\""),
           digest(realm + ", NONCE=1, nonce=1"),
           digest(realm + ", username=\"" + long_text + "\""),
           digest(realm + ", x=\"" + long_text + "\""),
           digest(realm + ", nonce=\"" + std::string(60'000, 'a') + "\""),
           digest(parameters),
           digest(""),
           digest("=, ,=\"\","),
           digest("realm=\"hotline"),
           digest("realm=\"hotline\\"),
           std::string("Authorization: \r\n"),
           std::string("Authorization: Digest\r\n"),
           "Proxy-" + digest(realm),
           "Authorization: NTLM " + realm + "\r\n",
       }) {
    EXPECT_FALSE(read(header).proof) << header.substr(0, 100);
  }
  const auto unquoted = read(digest("realm=hotline, qop=\"auth\", nonce"));
  ASSERT_TRUE(unquoted.proof) << "some write it so";
  EXPECT_EQ(unquoted.proof->qop, "auth");
  EXPECT_EQ(unquoted.proof->nonce, "");
}

TEST(Registration, whose_it_is) {
  struct Row {
    const char* to;
    const char* user;
  };
  const Row rows[] = {
      {"<sip:desk@pbx.example>", "desk"},
      {"\"Front desk\" <sips:desk@pbx.example>;x=y", "desk"},
      {"sip:desk@pbx.example;x=y", "desk"},
      {"<sip:d%65sk@pbx.example>", "desk"},
      {"<sip:a%20b@pbx.example>", "a b"},
      {"<sip:desk;phone-context=a@pbx.example>", "desk"},
      {"<sip:desk:s3cret@pbx.example>", "desk"},
      {"<sip:pbx.example>", ""},
      {"<sip:a%0d%00b@pbx.example>", "ab"},
      {"<tel:8001>", "8001"},
      {"<mailto:desk@pbx.example>", ""},
  };
  for (const Row& row : rows)
    EXPECT_EQ(read("", "sip:pbx.example", row.to).user, row.user) << row.to;
  const auto bounded = read("", "sip:pbx.example", "<sip:" + std::string(600, 'a') + "@b>");
  EXPECT_EQ(bounded.user, std::string(64, 'a'));
}

// The proof is computed over what was sent, byte by byte.
TEST(Registration, the_uri_of_a_proof_is_the_requests) {
  const auto proof = [](const std::string& uri) {
    return digest("realm=\"hotline\", uri=\"" + uri + "\"");
  };
  struct Row {
    const char* sent;
    const char* proved;
    bool same;
  };
  const Row rows[] = {
      {"sip:pbx.example", "sip:pbx.example", true},
      {"sip:PBX.Example:5060;transport=UDP", "sip:PBX.Example:5060;transport=UDP", true},
      {"sip:p%62x@h", "sip:p%62x@h", true},
      {"sip:[2001:DB8::1]:5060", "sip:[2001:DB8::1]:5060", true},
      {"SIP:pbx.example", "SIP:pbx.example", true},
      {"sip:pbx.example", "sip:other.example", false},
      {"sip:pbx.example", "sip:pbx.example:5060", false},
      {"sip:pbx.example", "sip:desk@pbx.example", false},
      {"sip:pbx.example", "sip:pbx.example;transport=tcp", false},
      {"sip:pbx.example", "*", false},
      {"sip:pbx.example", "", false},
      {"sip:pbx.example", "/dir/index.html", false},
  };
  for (const Row& row : rows) {
    const auto asked = read(proof(row.proved), row.sent);
    ASSERT_TRUE(asked.proof) << row.sent;
    EXPECT_EQ(asked.proof->uri == asked.request_uri, row.same)
        << asked.proof->uri << " " << asked.request_uri;
  }
  const std::string long_uri = "sip:" + std::string(600, 'a') + ".example";
  EXPECT_FALSE(read(proof("sip:a"), long_uri).proof);
}

TEST(Registration, contacts_that_can_be_called) {
  struct Row {
    const char* header;
    const char* uri;
  };
  const Row rows[] = {
      {"<sip:desk@192.168.1.5>", "sip:desk@192.168.1.5"},
      {"sip:desk@192.168.1.5", "sip:desk@192.168.1.5"},
      {"<sip:desk@[2001:db8::1]:5060>", "sip:desk@[2001:db8::1]:5060"},
      {"<sip:desk@pc33.example;transport=tcp;ob>", "sip:desk@pc33.example;transport=tcp;ob"},
      {"<sip:192.168.1.5:5060>;+sip.instance=\"<urn:uuid:1>\";reg-id=1", "sip:192.168.1.5:5060"},
      {"<sip:desk@192.168.1.5;transport=tls>", ""},
      {"<sip:desk@192.168.1.5;transport=ws>", ""},
      {"<sips:desk@192.168.1.5>", ""},
      {"<sip:desk@192.168.1.5;lrX>", ""},
      {"<sip:d\"esk@192.168.1.5>", ""},
      {"sip:d>esk@192.168.1.5", ""},
      {"<sip:d<esk@192.168.1.5>", ""},
      {"<sip:d\xff@192.168.1.5>", ""},
      {"<sip:desk@192.168.1.5?Route=%3Csip:evil%3E>", ""},
      {"<tel:8001>", ""},
      {"<mailto:desk@pbx.example>", ""},
  };
  for (const Row& row : rows) {
    const auto asked = read("Contact: " + std::string(row.header) + "\r\n");
    ASSERT_EQ(asked.contacts.size(), 1u) << row.header;
    EXPECT_EQ(asked.contacts[0].uri, row.uri) << row.header;
  }
  const auto asked = read("Contact: <sip:" + std::string(600, 'a') + "@h>\r\n");
  ASSERT_EQ(asked.contacts.size(), 1u);
  EXPECT_EQ(asked.contacts[0].uri, "");
}

TEST(Registration, several_contacts_and_a_star) {
  auto asked = read("Contact: <sip:a@h>;expires=0, <sip:b@h>\r\nContact: <sip:c@h>\r\n");
  ASSERT_EQ(asked.contacts.size(), 3u);
  EXPECT_EQ(asked.contacts[0].expires, Seconds(0));
  EXPECT_EQ(asked.contacts[2].uri, "sip:c@h");
  asked = read("Contact: *\r\nExpires: 0\r\n");
  EXPECT_TRUE(asked.removes_all && asked.contacts.empty());
  EXPECT_EQ(asked.expires, Seconds(0));
  asked = read("Contact: *\r\nContact: <sip:a@h>\r\nExpires: 0\r\n");
  EXPECT_TRUE(asked.removes_all);
  EXPECT_EQ(asked.contacts.size(), 1u);
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += "Contact: <sip:a@h>;expires=0\r\n";
  asked = read(many);
  EXPECT_EQ(asked.contacts.size(), 8u);
  EXPECT_EQ(asked.contacts.back().uri, "") << "so that it is refused";
}

TEST(Registration, for_how_long) {
  struct Row {
    const char* header;
    std::optional<Seconds> param, expires;
  };
  const Row rows[] = {
      {"Contact: <sip:a@h>\r\n", {}, {}},
      {"Contact: <sip:a@h>;expires=60\r\n", Seconds(60), {}},
      {"Contact: <sip:a@h>;expires=0\r\n", Seconds(0), {}},
      {"Contact: <sip:a@h>;expires=99999999999999999999\r\n", Seconds(4'294'967'295), {}},
      {"Contact: <sip:a@h>;expires=-1\r\n", Seconds(3'600), {}},
      {"Contact: <sip:a@h>;expires=\"60\"\r\n", Seconds(3'600), {}},
      {"Contact: <sip:a@h>;expires=soon\r\n", Seconds(3'600), {}},
      {"Contact: <sip:a@h>\r\nExpires: 0\r\n", {}, Seconds(0)},
      {"Contact: <sip:a@h>\r\nExpires: 4294967295\r\n", {}, Seconds(4'294'967'295)},
      {"Contact: <sip:a@h>\r\nExpires: Thu, 01 Dec 2040 16:00:00 GMT\r\n", {}, Seconds(3'600)},
  };
  for (const Row& row : rows) {
    const auto asked = read(row.header);
    ASSERT_EQ(asked.contacts.size(), 1u) << row.header;
    EXPECT_EQ(asked.contacts[0].expires, row.param) << row.header;
    EXPECT_EQ(asked.expires, row.expires) << row.header;
  }
}

TEST(Registration, a_call_id_is_bounded) {
  EXPECT_EQ(read("", "sip:h", "<sip:a@h>", std::string(513, 'a')).call_id, "");
  EXPECT_EQ(read("", "sip:h", "<sip:a@h>", std::string(512, 'a')).call_id.size(), 512u);
}

// Nothing that can be parsed breaks it: each byte of a full request is spoiled in turn.
TEST(Registration, garbage_is_survived) {
  const std::string text =
      "REGISTER sip:pbx.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.168.1.5;branch=z9hG4bKa\r\n"
      "From: <sip:desk@pbx.example>;tag=1\r\nTo: <sip:d%65sk@pbx.example>\r\nCall-ID: c\r\n"
      "CSeq: 17 REGISTER\r\nContact: <sip:a@h;transport=udp>;expires=60, *\r\nExpires: 60\r\n" +
      std::string(kProof) + "Content-Length: 0\r\n\r\n";
  int read = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'\0', '"', '\\', ',', '=', ';', '<', '%', ' ', '\xff', '*', '\n'}) {
      std::string spoiled = text;
      spoiled[i] = c;
      msg_t* message =
          msg_make(sip_default_mclass(), 0, spoiled.data(), static_cast<ssize_t>(spoiled.size()));
      const sip_t* sip = sip_object(message);
      if (sip != nullptr && sip->sip_request != nullptr) {
        registration_of(*sip, Address{}, "hotline");
        ++read;
      }
      msg_destroy(message);
    }
  }
  EXPECT_GT(read, 1'000);
}

// From the text of a challenge to a binding.
TEST(Registration, a_phone_registers) {
  Registrar registrar([] { return "token"; });
  registrar.use("hotline", {{"desk", md5_hex("desk:hotline:s3cret")}});
  const Instant now{Seconds(10)};
  const std::string contact = "Contact: <sip:desk@192.168.1.5:5062>\r\n";
  const std::string challenge = registrar.take(read(contact), now).challenge;
  const std::string nonce = challenge.substr(challenge.find("nonce=\"") + 7, 48);
  const std::string response =
      md5_hex(md5_hex("desk:hotline:s3cret") + ":" + nonce +
              ":00000001:c0ffee:auth:" + md5_hex("REGISTER:sip:PBX.example"));
  const auto reply =
      registrar.take(read(contact + digest("username=\"desk\",realm=\"hotline\",nonce=\"" + nonce +
                                           "\",uri=\"sip:PBX.example\",response=\"" + response +
                                           "\",cnonce=\"c0ffee\",nc=00000001,qop=auth"),
                          "sip:PBX.example"),
                     now);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.contact, "sip:desk@192.168.1.5:5062");
}

}  // namespace
}  // namespace hotline::sip
