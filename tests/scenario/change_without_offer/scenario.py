"""Inside a call the caller sends a re-INVITE without an offer, then the phone does: the other side
offers in its 200, and the answer comes back in the ACKs."""

from support.talk import hang_up, talk
from support.udp import SDP


def play(stage):
    phone, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open()
    invite, ok = talk(caller, phone)
    caller.ask("INVITE", ok, 2)
    asked = phone.wait_for("INVITE")
    assert asked.body == "" and asked.call == invite.call
    phone.reply(asked, "200 OK", body=described(phone, 2))
    offered = caller.wait_for("SIP/2.0 200")
    assert "o=- 1 2 IN IP4" in offered.body
    caller.ask("ACK", ok, 2, body=described(caller, 3))
    assert "o=- 1 3 IN IP4" in phone.wait_for("ACK").body

    phone.say("INVITE", invite, "p", 1)
    asked = caller.wait_for("INVITE")
    assert asked.body == ""
    caller.accept(asked, described(caller, 4))
    assert "o=- 1 4 IN IP4" in phone.wait_for("SIP/2.0 200").body
    phone.say("ACK", invite, "p", 1, body=described(phone, 5))
    assert "o=- 1 5 IN IP4" in caller.wait_for("ACK").body
    assert not phone.wait_for("INVITE", 0.2)
    hang_up(caller, phone, ok, 3)


def described(peer, version):
    return SDP.format(host=peer.host).replace("o=- 1 1", f"o=- 1 {version}")
