"""kill -9 while a caller has its phone on hold: after the start it takes the call back, and what
both are told carries on the numbers of the descriptions before the kill (RFC 3264 §8)."""

import time

from support.rtp import RelayedCall, hear_each_other
from support.udp import SDP

BEATS_S = 2.5  # the server has written down that the answer is confirmed


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open(media='mode = "relay"')
    call = RelayedCall(stage)
    call.talk()
    sdp = SDP.format(host=call.caller.host)
    hold, told = change(call, 2, sdp + "a=sendonly\n", "a=recvonly\n")
    time.sleep(BEATS_S)
    stage.server.kill()
    stage.restart()
    desk.reply(desk.wait_for("OPTIONS", seconds=5), "200 OK")
    call.caller.show_itself()
    resume, told_then = change(call, 3, sdp, "")
    assert version(resume) == version(hold) + 1, (hold.body, resume.body)
    assert version(told_then) == version(told) + 1, (told.body, told_then.body)
    hear_each_other(call.caller_audio, call.caller_place, call.desk_audio, call.desk_place)
    call.caller.ask("BYE", call.answer, 4)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    call.close()


def change(call, cseq, offer, direction):
    """The caller's offer as the phone got it, and what the caller was answered."""
    call.caller.ask("INVITE", call.answer, cseq, body=offer)
    invite = call.desk.wait_for("INVITE")
    call.desk.reply(invite, "200 OK", body=SDP.format(host=call.desk.host) + direction)
    answer = call.caller.wait_for("SIP/2.0 200 OK")
    call.caller.ask("ACK", answer, cseq)
    return invite, answer


def version(message):
    return int(message.body.split("o=")[1].split()[2])
