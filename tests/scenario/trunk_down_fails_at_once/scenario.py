"""The only gateway is silent. After three calls that waited for it, the others fail at once; only a
trial now and then waits. Other trunks' phones do not notice."""

import time


def play(stage):
    stage.behind("first")
    dead = stage.silent_phone("first")
    stage.open()
    callers = [stage.start_call("refused", status=502) for _ in range(3)]
    for caller in callers:
        caller.wait(10)
    stage.wait_until(lambda: stage.trunk()["state"] == "down", "the end of the trunk")
    asked = len({m.call for m in dead.received("INVITE")})
    begun = time.monotonic()
    stage.call("refused", status=502, calls=20, rate=100)
    assert time.monotonic() - begun < 1.5, "they failed at once"
    assert len({m.call for m in dead.received("INVITE")}) == asked == 3
    stage.server.wait_for_log("event=trunk_down")
