"""The caller offers no media, two phones ring at once and both answer with an offer. The first has
the call and the caller's answer; the other's offer is rejected stream by stream in its ACK, then it
is hung up: nobody is left with an offer open."""

from support.udp import SDP


def play(stage):
    desk, li = stage.bare_phone("desk"), stage.bare_phone("li")
    stage.open(ring="parallel")
    caller = stage.bare_caller()
    caller.say(caller.request("INVITE", extra=f"Contact: <sip:1@{caller.host}:{caller.port}>\n"))
    first, second = desk.wait_for("INVITE"), li.wait_for("INVITE")
    li.reply(second, "180 Ringing", "l")
    desk.answer(first, "d")
    cancel = li.wait_for("CANCEL")
    assert cancel.header("Reason") == 'SIP;cause=200;text="Call completed elsewhere"'
    li.answer(second, "l")  # it crosses the CANCEL
    li.reply(cancel, "200 OK")
    lost = li.wait_for("ACK")
    assert lost.header("Content-Type") == "application/sdp"
    assert "m=audio 0 RTP/AVP 8" in lost.body
    li.reply(li.wait_for("BYE"), "200 OK")

    ok = caller.wait_for("SIP/2.0 200")
    assert f"c=IN IP4 {desk.host}" in ok.body
    caller.ask("ACK", ok, 1, body=SDP.format(host=caller.host))
    assert f"c=IN IP4 {caller.host}" in desk.wait_for("ACK").body
    assert not desk.wait_for("BYE", 0.2)
    caller.ask("BYE", ok, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
