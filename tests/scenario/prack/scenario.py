"""What the phone plays before it answers reaches the caller, reliably on both hops: each hop has
its own RSeq and PRACK, the caller's has one To tag, and its 200 waits for its PRACK."""

from support.udp import SDP, tag_of


def play(stage):
    phone, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open()
    caller.say(caller.invite(extra="Supported: 100rel\n"))
    invite = phone.wait_for("INVITE")
    assert "100rel" in invite.header("Supported")
    sdp = SDP.format(host=phone.host)
    phone.reply(invite, "183 Session Progress", "p", sdp, "Require: 100rel\nRSeq: 9000\n")
    prack = phone.wait_for("PRACK")
    assert prack.header("RAck") == "9000 1 INVITE" and prack.header("CSeq") == "2 PRACK"
    phone.reply(prack, "200 OK")

    early = caller.wait_for("SIP/2.0 183")
    assert early.header("Require") == "100rel" and f"c=IN IP4 {phone.host}" in early.body
    phone.reply(invite, "200 OK", "p")
    assert phone.wait_for("ACK")
    assert not caller.wait_for("SIP/2.0 200", 0.3)
    assert caller.wait_for("SIP/2.0 183").raw == early.raw  # until it is confirmed
    caller.ask("PRACK", early, 2, f"RAck: {early.header('RSeq')} 1 INVITE\n")
    assert caller.wait_for("SIP/2.0 200").header("CSeq") == "2 PRACK"
    ok = caller.wait_for("SIP/2.0 200")
    assert ok.header("CSeq") == "1 INVITE" and ok.body == ""
    assert tag_of(ok) == tag_of(early)
    caller.ask("ACK", ok, 1)
    caller.ask("BYE", ok, 3)
    bye = phone.wait_for("BYE")
    assert bye.header("CSeq") == "3 BYE"
    phone.reply(bye, "200 OK")
