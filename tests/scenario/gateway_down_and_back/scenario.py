"""The first gateway goes silent. Asked by OPTIONS it is found out soon; calls then go to the second
without any wait. Once it answers again, they come back. Each change is one line of the log. A
gateway that answers OPTIONS with a no is there, too."""

OPTIONS_EACH_SECOND = "probe_s = 1"


def play(stage):
    stage.behind("first", "second", trunk=OPTIONS_EACH_SECOND)
    stage.phone("first", "gateway")
    stage.phone("second", "gateway", alive="405 Method Not Allowed")
    stage.open()
    stage.wait_until(lambda: stage.trunk()["gateways"][0]["state"] == "up", "an answer to OPTIONS")
    stage.call("talk")
    stage.wait_for_silence()

    dead = stage.silence_phone("first")
    stage.wait_until(lambda: stage.trunk()["gateways"][0]["state"] in ("down", "probing"),
                     "the end of the first gateway", 30)
    stage.server.wait_for_log("event=gateway_down")
    assert dead.received("OPTIONS")
    assert dead.received("OPTIONS")[0].start_line.startswith(f"OPTIONS sip:{dead.host}:5060 ")
    caller = stage.call("talk")
    waited = stage.phones["second"].received("INVITE")[0].time - caller.messages()[0].time
    assert waited < 0.5, f"the call waited {waited:.2f} s"
    assert not dead.received("INVITE")
    stage.wait_for_silence()

    first = stage.replace_phone("first", "gateway")
    stage.wait_until(lambda: stage.trunk()["gateways"][0]["state"] == "up", "its return", 20)
    stage.server.wait_for_log("event=gateway_up")
    stage.call("talk")
    assert first.received("INVITE")
    for event in ("gateway_down", "gateway_up"):
        assert stage.server.log().count(f"event={event}") == 1, event
