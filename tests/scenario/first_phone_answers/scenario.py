"""The first phone answers; the caller hangs up. Nothing else rings."""


def play(stage):
    stage.phone("desk")
    stage.phone("li")
    stage.open()
    caller = stage.call("talk", talk_ms=1500)
    assert caller.received("SIP/2.0 180 Ringing")
    assert caller.received("SIP/2.0 100 Trying")
