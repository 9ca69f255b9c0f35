"""`hunt_max_s` ends a hunt, though the phone would ring on: everything is cancelled, and the caller
hears that nobody came."""


def play(stage):
    desk = stage.phone("desk", "answer", ring_ms=60_000)
    stage.phone("li", "answer", ring_ms=60_000)
    stage.open()
    caller = stage.call("refused", status=480)
    waited = caller.received("SIP/2.0 480")[0].time - caller.messages()[0].time
    # The caller's own clock may have been read late, once or twice.
    assert 2.95 < waited < 4.0, f"the hunt took {waited:.1f} s"
    assert len(desk.received("CANCEL")) == 1
