"""Phones that cannot be reached at all: the caller hears 502, never a phone's own 503, on which
carriers would try elsewhere."""


def play(stage):
    stage.phone("desk", "reject", line="503 Service Unavailable", headers="Retry-After: 30")
    stage.reserve("li")  # nobody is there
    stage.open()
    caller = stage.call("refused", status=502)
    (refusal,) = caller.received("SIP/2.0 502")
    assert refusal.start_line == "SIP/2.0 502 Bad Gateway"
    assert refusal.header("Reason") == 'Q.850;cause=27;text="Destination out of order"'
    assert refusal.header("Retry-After") is None
