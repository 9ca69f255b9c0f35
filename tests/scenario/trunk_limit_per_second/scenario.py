"""A trunk takes two new calls in any second: of three at once the third is told to come back. A
second later there is room again."""

import time

THREE = ("a", "b", "c")


def play(stage):
    stage.phone("desk", "reject")
    stage.phone("li", "reject")
    stage.open(trunk="probe_s = 0\nmax_calls_per_s = 2")
    callers = [stage.bare_caller(call=name) for name in (*THREE, "later")]
    for caller in callers[:3]:
        caller.say(caller.invite())
    for caller, status in zip(callers, (486, 486, 503)):
        refusal = caller.wait_for("SIP/2.0 4" if status == 486 else "SIP/2.0 5")
        assert refusal.status == status
    assert int(refusal.header("Retry-After")) > 0
    time.sleep(1)
    callers[3].say(callers[3].invite())
    assert callers[3].wait_for("SIP/2.0 4").status == 486
