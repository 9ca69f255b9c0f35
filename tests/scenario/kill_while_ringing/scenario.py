"""kill -9 while a phone rings, and a start: the caller hears 503, the phone is left to its ring
time, and there is one record without a charge."""

from support.udp import tag_of


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open()
    caller = stage.bare_caller()
    caller.say(caller.invite())
    invite = desk.wait_for("INVITE")
    desk.reply(invite, "180 Ringing", tag="p")
    assert caller.wait_for("SIP/2.0 180")
    stage.server.wait_for_log("admission_stored")
    stage.server.kill()
    stage.restart()
    refusal = caller.wait_for("SIP/2.0 503")
    assert refusal, "the caller was told nothing"
    caller.say(caller.request("ACK", branch="bareINVITE1", to_tag=tag_of(refusal)))
