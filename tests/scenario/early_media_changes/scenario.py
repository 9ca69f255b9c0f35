"""The first phone plays something and does not answer, the second answers. The caller keeps the
first description it was given, so its 200 carries that one again, and the second phone is made
known by a re-INVITE right after its ACK; what the caller says to that reaches the phone."""

from support.udp import SDP


def play(stage):
    desk, li, caller = stage.bare_phone("desk"), stage.bare_phone("li"), stage.bare_caller()
    stage.open()
    caller.say(caller.invite())
    first = desk.wait_for("INVITE")
    desk.reply(first, "183 Session Progress", "d", SDP.format(host=desk.host))
    assert f"c=IN IP4 {desk.host}" in caller.wait_for("SIP/2.0 183").body
    cancel = desk.wait_for("CANCEL")
    desk.reply(cancel, "200 OK")
    desk.reply(first, "487 Request Terminated", "d")

    second = li.wait_for("INVITE")
    li.reply(second, "180 Ringing", "l")
    assert caller.wait_for("SIP/2.0 180").body == ""
    li.answer(second, "l")
    ok = caller.wait_for("SIP/2.0 200")
    assert f"c=IN IP4 {desk.host}" in ok.body
    caller.ask("ACK", ok, 1)
    change = caller.wait_for("INVITE")
    assert f"c=IN IP4 {li.host}" in change.body
    caller.accept(change, SDP.format(host=caller.host).replace("o=- 1 1", "o=- 1 2"))
    assert caller.wait_for("ACK").header("CSeq") == "2 ACK"
    told = li.wait_for("INVITE")
    assert "o=- 1 2 IN IP4" in told.body
    li.reply(told, "200 OK", body=SDP.format(host=li.host))
    assert li.wait_for("ACK")
    assert not li.wait_for("INVITE", 0.2)
    caller.ask("BYE", ok, 2)
    li.reply(li.wait_for("BYE"), "200 OK")
