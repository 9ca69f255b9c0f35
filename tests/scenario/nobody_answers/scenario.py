"""Both phones ring, one to its end and one until it says so; the caller hears that nobody came."""


def play(stage):
    stage.phone("desk", "answer", ring_ms=60_000)
    stage.phone("li", "ring_reject", ring_ms=500, line="480 Temporarily Unavailable")
    stage.open()
    caller = stage.call("refused", status=480)
    (refusal,) = caller.received("SIP/2.0 480")
    assert refusal.start_line == "SIP/2.0 480 Temporarily Unavailable"
    assert refusal.header("Reason") == 'Q.850;cause=19;text="No answer from user"'
