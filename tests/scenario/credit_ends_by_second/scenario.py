"""The money ends in mid-call, billed by the second: both sides are hung up on at the last paid
second, not before, and at most one second later; that second is ours."""


def play(stage):
    stage.phone("desk")
    stage.open(balance="0.015")
    caller = stage.call("listen")
    for peer in (caller, stage.phones["desk"]):
        (bye,) = peer.received("BYE")
        assert bye.header("Reason") == 'Q.850;cause=16;text="Normal call clearing"'
