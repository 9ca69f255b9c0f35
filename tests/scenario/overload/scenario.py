"""More calls than `max_calls`: the one too many is told to try again later."""


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    first = stage.start_call("talk", talk_ms=2000)
    stage.wait_until(lambda: desk.received("ACK"), "the answer")
    caller = stage.call("refused", status=503)
    (refusal,) = caller.received("SIP/2.0 503")
    assert refusal.start_line == "SIP/2.0 503 Service Unavailable"
    assert refusal.header("Reason") == 'Q.850;cause=42;text="Switching equipment congestion"'
    assert int(refusal.header("Retry-After")) > 0
    first.wait(5)
