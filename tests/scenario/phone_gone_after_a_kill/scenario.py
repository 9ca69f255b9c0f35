"""kill -9 during a talk, and a phone that knows nothing of the call when the server is back: its
caller is hung up on, and pays until the last proof of life. A caller that rings meanwhile is told
when to try again."""

import time


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open()
    caller = stage.bare_caller()
    caller.say(caller.invite())
    invite = desk.wait_for("INVITE")
    desk.answer(invite, "desk")
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    answered = time.monotonic()
    time.sleep(1.5)  # it is known to have confirmed
    waiting = stage.bare_caller(call="waiting")
    waiting.say(waiting.invite())
    second = desk.wait_for("INVITE")
    desk.reply(second, "180 Ringing", tag="second")
    assert waiting.wait_for("SIP/2.0 180")
    time.sleep(1.2)
    talked_ms = 1000 * (time.monotonic() - answered)
    stage.server.kill()
    time.sleep(2)
    stage.restart()
    assert waiting.wait_for("SIP/2.0 503", seconds=5).header("Retry-After") == "5"
    caller.accept(caller.wait_for("OPTIONS", seconds=5))
    probe = desk.wait_for("OPTIONS")
    desk.reply(probe, "481 Call/Transaction Does Not Exist")
    desk.reply(desk.wait_for("BYE"), "481 Call/Transaction Does Not Exist")
    bye = caller.wait_for("BYE")
    assert bye, "the caller was left alone"
    caller.accept(bye)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 2, "both records")
    talk = next(cdr for cdr in stage.ctl.cdrs() if cdr["answered"])
    assert talked_ms - 4500 < talk["talk_ms"] <= talked_ms, (talk, talked_ms)
    assert talk["billable_ms"] == talk["talk_ms"]
