"""The phone hangs up: the caller gets a BYE with the reason, the record says who ended the call."""


def play(stage):
    stage.phone("desk", "hang_up", talk_ms=1200)
    stage.open()
    caller = stage.call("listen")
    (bye,) = caller.received("BYE")
    assert bye.header("Reason") == 'Q.850;cause=16;text="Normal call clearing"'
