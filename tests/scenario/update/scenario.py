"""UPDATE inside a call: without an offer it is answered on the spot, with one it travels to the
other side as a re-INVITE, and the answer comes back in the 200 of the UPDATE."""

from support.talk import hang_up, talk
from support.udp import SDP


def play(stage):
    phone, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open()
    _, ok = talk(caller, phone)
    assert "UPDATE" in ok.header("Allow")
    caller.ask("UPDATE", ok, 2, "Supported: timer\nSession-Expires: 600;refresher=uac\n")
    refreshed = caller.wait_for("SIP/2.0 200")
    assert refreshed.header("CSeq") == "2 UPDATE" and refreshed.body == ""
    assert refreshed.header("Session-Expires") == "600;refresher=uac"
    assert refreshed.header("Require") == "timer"

    caller.ask("UPDATE", ok, 3, body=SDP.format(host=caller.host) + "a=sendonly\n")
    change = phone.wait_for("INVITE")
    assert "a=sendonly" in change.body
    phone.reply(change, "200 OK", body=SDP.format(host=phone.host) + "a=recvonly\n")
    assert phone.wait_for("ACK")
    answer = caller.wait_for("SIP/2.0 200")
    assert answer.header("CSeq") == "3 UPDATE" and "a=recvonly" in answer.body
    assert not phone.wait_for("INVITE", 0.2)
    hang_up(caller, phone, ok, 4)
