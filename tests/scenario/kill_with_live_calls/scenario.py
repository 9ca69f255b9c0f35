"""kill -9 with 200 live calls, and a start: every one of them has exactly one record, both sides of
each are hung up on, the ledger sums to the balance, and nothing stays reserved."""

CALLS = 200


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    callers = stage.start_call("listen", calls=CALLS, rate=100)
    stage.wait_until(lambda: len(stage.ctl.calls()) == CALLS, "200 live calls", 20)
    stage.wait_until(lambda: len(desk.received("ACK")) == CALLS, "200 confirmed answers")
    stage.server.kill()
    stage.restart()
    callers.wait(20)
    stage.wait_until(lambda: len({m.call for m in desk.received("BYE")}) == CALLS, "200 BYEs")
    cdrs = stage.ctl.cdrs()
    assert len({cdr["id"] for cdr in cdrs}) == CALLS == len(cdrs)
    assert {cdr["release"]["cause"] for cdr in cdrs} == {"crash"}
    assert {cdr["evidence"] for cdr in cdrs} == {"crash"}
    assert all(cdr["billable_ms"] <= cdr["talk_ms"] for cdr in cdrs)
    # The door is open again.
    stage.call("talk")
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == CALLS + 1, "the new call's record")
    assert stage.rang() == ["desk"] * (CALLS + 1)
