"""Nobody listens at the first gateway's port: its machine says so (ICMP), and the second gateway is
asked at once."""


def play(stage):
    stage.behind("nobody", "second")
    second = stage.phone("second")
    stage.open()
    caller = stage.call("talk")
    (invite,) = second.received("INVITE")
    waited = invite.time - caller.messages()[0].time
    assert waited < 1, f"the second gateway was asked after {waited:.2f} s"
    (first,) = stage.trunk()["gateways"][:1]
    assert (first["state"], first["why"]) == ("unknown", "unreachable"), first
