"""The caller gives up as the phone answers: the phone's answer is confirmed and hung up on, the
caller hears 487, nothing is charged. And once more, too late: the call is up, and stays up."""


def play(stage):
    desk = stage.phone("desk", "crossing")
    stage.phone("li")
    stage.open()
    caller = stage.call("cancel")
    assert caller.received("SIP/2.0 487")
    stage.wait_until(lambda: desk.received("BYE"), "the phone's BYE")
    stage.wait_for_silence()
    late = stage.call("late_cancel", dialled="4001234568")
    assert not late.received("SIP/2.0 487")
