"""The only gateway says 503 with Retry-After: it is left alone for so long. Calls meanwhile fail at
once, with 502: a 503 of ours would have the caller's carrier take us for down."""

import time


def play(stage):
    stage.behind("first")
    first = stage.phone("first", "reject", line="503 Service Unavailable", headers="Retry-After: 3")
    stage.open()
    stage.call("refused", status=502)
    rests_until = time.monotonic() + 3
    (gateway,) = stage.trunk()["gateways"]
    assert (gateway["state"], gateway["why"]) == ("down", "503 for 3 s"), gateway
    caller = stage.call("refused", status=502)
    assert len(first.received("INVITE")) == 1, "not asked while it rests"
    assert caller.received("SIP/2.0 502")[0].header("Retry-After") is None
    stage.server.wait_for_log("event=trunk_down")
    stage.replace_phone("first")
    time.sleep(max(0, rests_until - time.monotonic()) + 0.1)
    stage.call("talk")
    stage.server.wait_for_log("event=gateway_up")
