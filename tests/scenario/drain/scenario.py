"""TERM drains: a live call goes on, new ones are told to try again later. When the time is over
the live call is hung up on both sides and billed for what was talked, and the server ends well."""


def play(stage):
    desk = stage.phone("desk")
    stage.open(drain_s=3)
    talking = stage.start_call("listen")
    stage.wait_until(lambda: desk.received("ACK"), "the answer")
    stage.server.terminate()
    stage.server.wait_for_log("drain")
    caller = stage.call("refused", status=503)
    (refusal,) = caller.received("SIP/2.0 503")
    assert refusal.start_line == "SIP/2.0 503 Service Unavailable"
    assert refusal.header("Reason") == 'Q.850;cause=41;text="Temporary failure"'
    assert int(refusal.header("Retry-After")) > 0
    talking.wait(10)
    assert desk.received("BYE")
    assert stage.server.wait() == 0
    # Stopped: hotlinectl reads the books itself. Started again, they are what they were.
    assert len(stage.ctl.cdrs()) == 2
    stage.restart()
