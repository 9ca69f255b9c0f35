"""The first gateway has a fault of its own (500): the second is asked, and the caller hears nothing
of it. An error about one call takes no gateway out: the next call begins with the first again."""


def play(stage):
    stage.behind("first", "second")
    first = stage.phone("first", "reject", line="500 Server Internal Error")
    stage.phone("second")
    stage.open()
    for _ in range(2):
        caller = stage.call("talk")
        assert not caller.received("SIP/2.0 5")
        stage.wait_for_silence()
    assert len(first.received("INVITE")) == 2
    assert stage.trunk()["gateways"][0]["state"] == "up"
