"""An operator looks at a live call and ends it: both sides get a BYE, what was talked is billed."""


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    caller = stage.start_call("listen")
    stage.wait_until(lambda: desk.received("ACK"), "the answer")
    (live,) = stage.ctl.calls()
    assert live["state"] == "talking" and live["answered_by"] == "desk", live
    shown = stage.ctl.ask("call", "show", live["id"])
    assert live["id"] in str(shown)
    stage.ctl.ask("call", "hangup", live["id"])
    caller.wait(5)
    code, _, err = stage.ctl.run("call", "hangup", live["id"])
    assert code == 1 and err, "hanging up on a call that is over is refused"
