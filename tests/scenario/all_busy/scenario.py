"""Every phone is busy: the caller hears so, in Q.850's words too, and pays nothing."""


def play(stage):
    stage.phone("desk", "reject", line="486 Busy Here")
    stage.phone("li", "reject", line="600 Busy Everywhere")
    stage.open()
    caller = stage.call("refused", status=486)
    (refusal,) = caller.received("SIP/2.0 486")
    assert refusal.start_line == "SIP/2.0 486 Busy Here"
    assert refusal.header("Reason") == 'Q.850;cause=17;text="User busy"'
