"""kill -9 with 200 live calls, some answered a moment ago, and a start: they all go on, both sides
of each are asked whether they are still there, and a second kill in the midst of that changes
nothing. The phones hang up as they please; every call has one record, billed to its real end."""

import time

CALLS = 200
TALK_S = 12


def play(stage):
    desk = stage.phone("desk", "hang_up", ring_ms=50, talk_ms=TALK_S * 1000)
    stage.open()
    callers = stage.start_call("listen", calls=CALLS, rate=100)
    stage.wait_until(lambda: len(desk.received("ACK")) == CALLS, "200 confirmed answers", 20)
    talking = time.monotonic()
    stage.server.kill()
    stage.restart()
    stage.server.kill()
    stage.restart()
    back_ms = 1000 * time.time()
    calls = stage.ctl.calls()
    assert len(calls) == CALLS and all(call["adopted"] for call in calls), calls
    reserved = stage.ctl.account("acme")["reserved"]
    assert float(reserved) > 0, reserved
    stage.wait_until(lambda: len({m.call for m in desk.received("OPTIONS")}) == CALLS, "200 probes")
    assert time.monotonic() - talking < TALK_S - 2, "this machine is too slow for that"
    callers.wait(30)
    stage.wait_until(lambda: not stage.ctl.calls(), "no live calls", 10)
    cdrs = stage.ctl.cdrs()
    assert len({cdr["id"] for cdr in cdrs}) == CALLS == len(cdrs)
    assert {cdr["release"]["cause"] for cdr in cdrs} == {"hung_up"}, cdrs[0]
    assert {cdr["release"]["by"] for cdr in cdrs} == {"phone"}
    assert {cdr["evidence"] for cdr in cdrs} == {"bye"}
    for cdr in cdrs:
        # Never more than was talked; and nobody knows who of them had heard the answer before, but
        # since the server is back they all have.
        assert cdr["ended_ms"] - back_ms - 500 <= cdr["talk_ms"] <= (TALK_S + 1) * 1000, cdr
        assert cdr["billable_ms"] <= cdr["talk_ms"], cdr
    assert stage.rang() == ["desk"] * CALLS
