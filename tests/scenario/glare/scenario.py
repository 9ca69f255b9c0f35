"""Caller and phone change the media in the same moment: the phone hears 491 from us and says 491 to
us. It tries again before us, as RFC 3261 14.1 has it for who did not make the Call-ID, and finds
the caller's change still open; then the caller's goes through. And a BYE crosses a change."""

from support.talk import talk
from support.udp import SDP


def play(stage):
    phone, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open()
    invite, ok = talk(caller, phone)
    caller.ask("INVITE", ok, 2, body=held(caller))
    ours = phone.wait_for("INVITE")
    phone.say("INVITE", invite, "p", 1, body=held(phone))
    refused = phone.wait_for("SIP/2.0 491")
    assert refused and refused.header("CSeq") == "1 INVITE"
    phone.say("ACK", invite, "p", 1)
    phone.reply(ours, "491 Request Pending")
    assert phone.wait_for("ACK")
    phone.say("INVITE", invite, "p", 2, body=held(phone))
    assert phone.wait_for("SIP/2.0 491").header("CSeq") == "2 INVITE"
    phone.say("ACK", invite, "p", 2)

    again = phone.wait_for("INVITE", 5)
    assert 2.0 < again.time - refused.time < 4.5
    assert again.header("CSeq") == "3 INVITE" and again.body == ours.body
    phone.reply(again, "200 OK", body=SDP.format(host=phone.host) + "a=recvonly\n")
    assert phone.wait_for("ACK").header("CSeq") == "3 ACK"
    assert "a=recvonly" in caller.wait_for("SIP/2.0 200").body
    caller.ask("ACK", ok, 2)

    caller.ask("INVITE", ok, 3, body=held(caller))
    crossed = phone.wait_for("INVITE")
    caller.ask("BYE", ok, 4)
    assert caller.wait_for("SIP/2.0 487").header("CSeq") == "3 INVITE"
    bye = phone.wait_for("BYE")
    phone.reply(crossed, "487 Request Terminated")
    phone.reply(bye, "200 OK")


def held(peer):
    return SDP.format(host=peer.host) + "a=sendonly\n"
