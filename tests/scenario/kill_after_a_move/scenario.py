"""kill -9 after both sides have moved (a new Contact): after the start they are asked at their new
places whether they are still there, and the BYE goes there."""

import time

from support.talk import talk
from support.udp import BarePhone

BEATS_S = 2.5  # the server has written down that the answer is confirmed


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open()
    caller = stage.bare_caller()
    invite, ok = talk(caller, desk)
    moved_caller = stage.bare_caller(call=caller.call)
    moved_desk = BarePhone.somewhere(desk.host, "desk")
    moved_caller.ask("UPDATE", ok, 2)
    assert moved_caller.wait_for("SIP/2.0 200")
    moved_desk.say("UPDATE", invite, "p", 1)
    assert moved_desk.wait_for("SIP/2.0 200")
    time.sleep(BEATS_S)
    stage.server.kill()
    stage.restart()
    moved_desk.reply(moved_desk.wait_for("OPTIONS", seconds=5), "200 OK")
    moved_caller.show_itself()
    moved_caller.ask("BYE", ok, 3)
    moved_desk.reply(moved_desk.wait_for("BYE"), "200 OK")
    assert not desk.received("OPTIONS") and not caller.received("OPTIONS")
    moved_desk.finish()
