"""The caller holds the phone and takes it back, then the phone does it to another caller: each
change of media reaches the other side as it was said, and so does the answer."""


def play(stage):
    stage.phone("desk", "held")
    stage.phone("li", "hold")
    stage.open()
    stage.call("hold")
    first, *changes = stage.phones["desk"].received("INVITE")
    assert [direction(m) for m in changes] == ["sendonly", "sendrecv"]
    assert {m.call for m in changes} == {first.call}
    caller = stage.callers[0]
    assert [direction(m) for m in caller.received("SIP/2.0 200")[1:3]] == ["recvonly", "sendrecv"]

    held = stage.call("held", dialled="4001234568")
    assert [direction(m) for m in held.received("INVITE")] == ["sendonly", "sendrecv"]


def direction(message):
    """What a session description says about who sends."""
    lines = message.body.split("\r\n")
    return next((line[2:] for line in lines if line in ("a=sendonly", "a=recvonly", "a=sendrecv")),
                None)
