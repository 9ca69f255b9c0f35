"""Both phones ring at once; the first to answer takes the call, the other one's CANCEL says that
it was answered elsewhere, so that it shows no missed call."""


def play(stage):
    stage.phone("desk", "answer", ring_ms=60_000)
    stage.phone("li", "answer", ring_ms=400)
    stage.open(ring="parallel")
    stage.call("talk")
    (cancel,) = stage.phones["desk"].received("CANCEL")
    assert cancel.header("Reason") == 'SIP;cause=200;text="Call completed elsewhere"'
    assert not stage.phones["li"].received("CANCEL")
