"""The first gateway is dead: not a word for the INVITE. The second has it within four seconds, and
for the caller it is one attempt. The new INVITE is a call of its own: nothing of the first one's
dialog is in it."""


def play(stage):
    stage.behind("first", "second")
    first = stage.silent_phone("first")
    second = stage.phone("second")
    stage.open()
    caller = stage.call("talk")
    (invite,) = second.received("INVITE")
    waited = invite.time - caller.messages()[0].time
    assert 3 < waited < 4.05, f"the second gateway was asked after {waited:.2f} s"
    for message in first.received("INVITE"):
        assert message.call != invite.call, "a dialog of its own"
    assert not first.received("CANCEL"), "nobody there to cancel"
