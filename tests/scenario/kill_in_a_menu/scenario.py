"""kill -9 while a caller listens to a menu, before any phone rang: at the start it is hung up on,
and pays what was proved; its call has one record."""

import time


def play(stage):
    stage.bare_phone("desk")
    stage.open(media='mode = "relay"')
    caller = stage.bare_caller()
    caller.say(caller.invite())
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    stage.wait_until(lambda: [c["state"] for c in stage.ctl.calls()] == ["choosing"], "the menu")
    time.sleep(3.2)  # more than an answer's patience, and heartbeats
    stage.server.kill()
    stage.restart()
    bye = caller.wait_for("BYE", seconds=5)
    assert bye, "the caller was left alone"
    caller.accept(bye)
    (cdr,) = stage.ctl.cdrs()
    assert cdr["billable_ms"] > 0 and cdr["charge"] == "0.300", cdr
