"""kill -9 a moment after the answer, and a start: who has not confirmed it hears the same answer
once more, the audio comes back on the same ports, and either side may change it; one
record, and nobody else's packets pass."""

import time

from support.rtp import Audio, RelayedCall, hear_each_other
from support.udp import SDP, tag_of


def play(stage):
    stage.bare_phone("desk")
    stage.open(media='mode = "relay"')
    call = RelayedCall(stage, confirms=False)
    call.talk()
    stage.server.kill()
    call.caller.forget_unread()  # the answer was repeated meanwhile
    stage.restart()
    again = call.caller.wait_for("SIP/2.0 200", seconds=5)
    assert again, "the answer was not said again"
    for header in ("To", "From", "CSeq", "Contact"):
        assert again.header(header) == call.answer.header(header), header
    assert again.body == call.answer.body, (again.body, call.answer.body)
    call.caller.ask("ACK", again, 1)
    probe = call.desk.wait_for("OPTIONS", seconds=5)
    assert int(probe.header("CSeq").split()[0]) > 10_000, probe.header("CSeq")
    call.desk.reply(probe, "200 OK")
    hear_each_other(call.caller_audio, call.caller_place, call.desk_audio, call.desk_place)
    stranger = Audio("127.0.0.66", 0x6666)
    stranger.send(call.caller_place, 6, 200, 0.001)
    stranger.send(call.desk_place, 6, 200, 0.001)
    assert 6 not in call.caller_audio.heard() + call.desk_audio.heard()
    stranger.close()
    # The caller puts the phone on hold: the phone hears of it in a description of the next version.
    held = SDP.format(host=call.caller.host) + "a=sendonly\n"
    call.caller.ask("INVITE", again, 2, body=held)
    hold = call.desk.wait_for("INVITE")
    version = int(call.invite.body.split("o=")[1].split()[2])
    assert int(hold.body.split("o=")[1].split()[2]) == version + 1, hold.body
    assert call.invite.body.split("o=")[1].split()[1] == hold.body.split("o=")[1].split()[1]
    call.desk.reply(hold, "200 OK", body=SDP.format(host=call.desk.host) + "a=recvonly\n")
    answer = call.caller.wait_for("SIP/2.0 200 OK")
    assert tag_of(answer) == tag_of(again) and "a=recvonly" in answer.body, answer.body
    call.caller.ask("ACK", answer, 2)
    time.sleep(0.3)
    call.caller.ask("BYE", answer, 3)
    call.desk.reply(call.desk.wait_for("BYE"), "200 OK")
    call.close()
    stage.wait_until(lambda: stage.ctl.cdrs(), "the record")
    (cdr,) = stage.ctl.cdrs()
    assert cdr["caller_audio"].startswith("in ") and "foreign 200" in cdr["caller_audio"], cdr
