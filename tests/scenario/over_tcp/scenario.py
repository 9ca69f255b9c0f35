"""TCP on one side, UDP on the other, and the other way round: each leg keeps to its own transport,
and requests inside the dialog travel over the connection that is there."""


def play(stage):
    stage.phone("desk")
    stage.phone("li", transport="tcp")
    stage.open()

    caller = stage.call("talk", transport="tcp")
    assert "transport=tcp" in caller.received("SIP/2.0 200")[0].header("Contact")
    (invite,) = stage.phones["desk"].received("INVITE")
    assert invite.header("Via").startswith("SIP/2.0/UDP"), invite.header("Via")
    assert "transport" not in invite.header("Contact"), invite.header("Contact")

    stage.call("talk", dialled="4001234568")
    (invite,) = stage.phones["li"].received("INVITE")
    (bye,) = stage.phones["li"].received("BYE")
    for request in (invite, bye):
        assert request.header("Via").startswith("SIP/2.0/TCP"), request.header("Via")
