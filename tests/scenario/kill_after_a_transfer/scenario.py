"""kill -9 while a caller talks to the phone that it was passed on to: at the start both are hung up
on, and the caller pays from the first answer on; its call has one record."""

import time


def play(stage):
    desk, li = stage.bare_phone("desk"), stage.bare_phone("li")
    stage.open(media='mode = "relay"')
    caller = stage.bare_caller()
    caller.say(caller.invite())
    invite = desk.wait_for("INVITE")
    desk.answer(invite, "desk")
    assert desk.wait_for("ACK")
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    time.sleep(2)
    desk.say("REFER", invite, "desk", extra="Refer-To: <sip:li@x.invalid>\nRefer-Sub: false\n")
    second = li.wait_for("INVITE")
    li.answer(second, "li")
    assert li.wait_for("ACK")
    desk.reply(desk.wait_for("BYE"), "200 OK")
    time.sleep(2.2)  # heartbeats
    stage.server.kill()
    stage.restart()
    bye = caller.wait_for("BYE", seconds=5)
    assert bye, "the caller was left alone"
    caller.accept(bye)
    bye = li.wait_for("BYE", seconds=5)
    assert bye, "Li was left alone"
    li.reply(bye, "200 OK")
    assert desk.wait_for("BYE", seconds=0.2) is None, "the desk was hung up on twice"
    (cdr,) = stage.ctl.cdrs()
    assert cdr["billable_ms"] > 1500, cdr  # from the desk's answer, but for an answer's patience
