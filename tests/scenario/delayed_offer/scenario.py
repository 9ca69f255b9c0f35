"""The caller offers no media. The phone is asked to offer; its offer travels in the 200s, the
caller's answer in the ACKs, and the phone is not confirmed before that answer is there. Where it
never comes, the phone's offer is rejected stream by stream before it is hung up on."""

from support.udp import SDP, tag_of


def play(stage):
    phone, li = stage.bare_phone("desk"), stage.phone("li", "offers")
    stage.open()
    stage.call("delayed", dialled="4001234568")
    invite, again = li.received("INVITE")
    assert invite.body == again.body == "" and invite.call == again.call
    assert [version_of(m) for m in li.received("ACK")] == ["1 1", "1 2"]
    stage.wait_for_silence()
    caller = stage.bare_caller()
    caller.say(caller.request("INVITE", extra=f"Contact: <sip:1@{caller.host}:{caller.port}>\n"))
    invite = phone.wait_for("INVITE")
    assert invite.body == "" and invite.header("Content-Type") is None
    assert "100rel" not in invite.header("Supported")
    offer = SDP.format(host=phone.host).replace("o=- 1 1", "o=- 4711 1")
    phone.reply(invite, "200 OK", "p", offer)
    ok = caller.wait_for("SIP/2.0 200")
    assert "o=- 4711 1 IN IP4" in ok.body
    assert not phone.wait_for("ACK", 0.3)
    answer = SDP.format(host=caller.host).replace("o=- 1 1", "o=- 42 7")
    caller.ask("ACK", ok, 1, body=answer)
    ack = phone.wait_for("ACK")
    assert "o=- 42 7 IN IP4" in ack.body and ack.header("CSeq") == "1 ACK"
    caller.ask("BYE", ok, 2)
    bye = phone.wait_for("BYE")
    phone.reply(bye, "200 OK")
    assert tag_of(ok)
    stage.wait_for_silence()
    leave_unanswered(stage, phone)


def version_of(message):
    """Session and version of a description: what o= says after the name."""
    return " ".join(message.body.partition("o=")[2].split()[1:3])


def leave_unanswered(stage, phone):
    """The caller's ACK has no answer: its BYE comes, the phone's offer is rejected, nobody pays."""
    caller = stage.bare_caller(call="careless")
    caller.say(caller.request("INVITE", extra=f"Contact: <sip:1@{caller.host}:{caller.port}>\n"))
    invite = phone.wait_for("INVITE")
    phone.answer(invite, "q")
    caller.ask("ACK", caller.wait_for("SIP/2.0 200"), 1)
    ack = phone.wait_for("ACK")
    assert "m=audio 0 RTP/AVP 8" in ack.body
    phone.reply(phone.wait_for("BYE"), "200 OK")
    caller.accept(caller.wait_for("BYE"))
