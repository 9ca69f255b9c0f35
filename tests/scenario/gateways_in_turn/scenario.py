"""A phone behind a trunk with two gateways: the first one answers 503, so the second is asked.
One phone, one attempt."""


def play(stage):
    stage.phone("first", "reject", line="503 Service Unavailable")
    stage.phone("second")
    stage.open()
    stage.call("talk")
    (invite,) = stage.phones["second"].received("INVITE")
    assert invite.start_line.startswith("INVITE sip:02161234567@")
