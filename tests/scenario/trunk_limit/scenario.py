"""A trunk may carry three calls, in either direction. With one up (its caller, and the phone behind
it) there is room for the caller of a second, but not for its phone; and none for a third caller
while the second waits at li, who has an address of his own."""


def play(stage):
    stage.behind("first", trunk="probe_s = 0\nmax_calls = 3")
    first = stage.phone("first")
    li = stage.phone("li", ring_ms=1000, talk_ms=1000)
    stage.open()
    one = stage.start_call("talk", talk_ms=4000)
    stage.wait_until(lambda: first.received("ACK"), "the first answer")
    assert stage.trunk()["calls"] == 2
    two = stage.start_call("talk", talk_ms=200)
    stage.wait_until(lambda: li.received("INVITE"), "the second call at li")
    assert stage.trunk()["calls"] == 3
    caller = stage.call("refused", status=503)
    assert int(caller.received("SIP/2.0 503")[0].header("Retry-After")) > 0
    two.wait(10)
    one.wait(10)
    stage.wait_until(lambda: stage.trunk()["calls"] == 0, "the end of all")
