"""The caller never confirms our answer: it is repeated, and in the end both sides are hung up on.
Nobody proved that the caller heard a word, so nothing is charged."""


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    caller = stage.call("lost_ack", seconds=45)
    assert len(desk.received("BYE")) == 1
    assert len(caller.received("SIP/2.0 200")) > 1
