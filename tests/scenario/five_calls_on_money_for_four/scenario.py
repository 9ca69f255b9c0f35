"""Five calls at once on a balance for four: the fifth is refused before any phone rings."""


def play(stage):
    desk = stage.phone("desk")
    stage.open(balance="1.20")
    four = stage.start_call("talk", calls=4, rate=20, talk_ms=3000)
    stage.wait_until(lambda: len(desk.received("ACK")) == 4, "four answers")
    caller = stage.call("refused", status=402)
    (refusal,) = caller.received("SIP/2.0 402")
    assert refusal.start_line == "SIP/2.0 402 Payment Required"
    assert four.is_running(), "the four were still talking"
