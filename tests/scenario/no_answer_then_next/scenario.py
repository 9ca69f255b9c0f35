"""Nobody picks up the first phone: after its ring time it is cancelled and the second rings."""


def play(stage):
    desk = stage.phone("desk", "answer", ring_ms=60_000)
    stage.phone("li")
    stage.open()
    stage.call("talk")
    (cancel,) = desk.received("CANCEL")
    assert cancel.header("Reason") is None, "nobody completed this call elsewhere"
    rang_ms = 1000 * (cancel.time - desk.received("INVITE")[0].time)
    assert 1900 < rang_ms < 3000, f"the desk rang for {rang_ms} ms"
