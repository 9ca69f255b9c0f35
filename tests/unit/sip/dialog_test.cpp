#include "sip/dialog.h"

#include <gtest/gtest.h>

namespace hotline::sip {
namespace {

TEST(Dialog, reads_back_what_it_writes) {
  Dialog dialog;
  dialog.call_id = "a@b";
  dialog.local_uri = "sip:4001234567@127.0.0.1";
  dialog.local_tag = "us";
  dialog.remote_uri = "sip:13900000000@carrier";
  dialog.remote_tag = "them";
  dialog.local_cseq = 7;
  dialog.remote_cseq = 4'000'000'000;
  dialog.target = "sip:gw@127.0.0.2;x=y";
  dialog.route = {"sip:p1@127.0.0.4;lr", "sip:p2@127.0.0.5;lr"};
  dialog.next_hop = "sip:127.0.0.2:5060";
  dialog.trunk = "unicom";
  dialog.invite = "INVITE sip:x SIP/2.0\r\nroute none\r\n\r\n";
  EXPECT_EQ(Dialog::parse(dialog.to_text()), dialog);
  dialog.route.clear();
  dialog.next_hop.clear();
  dialog.trunk.clear();
  dialog.invite.clear();
  EXPECT_EQ(Dialog::parse(dialog.to_text()), dialog);
}

TEST(Dialog, is_where_its_latest_target_says) {
  Dialog dialog;
  dialog.call_id = "a@b";
  dialog.target = "sip:gw@127.0.0.2";
  dialog.next_hop = "sip:127.0.0.2:5060";
  dialog.said = "target sip:none@127.0.0.9\n";
  Dialog moved;
  moved.target = "sip:gw@127.0.0.3";
  const std::string text = dialog.to_text();
  dialog.target = moved.target;
  dialog.next_hop = "";
  EXPECT_EQ(Dialog::parse(moved.target_text() + text), dialog);
  moved.next_hop = dialog.next_hop = "sip:127.0.0.4:5060";
  EXPECT_EQ(Dialog::parse(moved.target_text() + text), dialog);
  EXPECT_EQ(Dialog::parse(text + moved.target_text())->target, "sip:gw@127.0.0.2");
}

TEST(Dialog, refuses_what_it_did_not_write) {
  for (const char* text :
       {"", "dialog 1", "dialog 1\n", "dialog 2\ncall-id a\ninvite\n", "dialog 1\ninvite\n",
        "dialog 1\ncall-id a\nlocal-cseq 5x\ninvite\n", "dialog 1\ncall-id a\nwhat ever\ninvite\n",
        "dialog 1\ncall-id a\nremote-cseq 99999999999\ninvite\n", "dialog 1\ncall-id a\n",
        "dialog 1\ncall-id a\nroute \ninvite\n", "target sip:a\n",
        "what ever\ndialog 1\ncall-id a\ninvite\n"}) {
    EXPECT_FALSE(Dialog::parse(text)) << text;
  }
}

}  // namespace
}  // namespace hotline::sip
