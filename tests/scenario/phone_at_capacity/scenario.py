"""The desk has one line and it is in use: the next call skips it and rings li. Once the line is
free again, the desk rings again."""


def play(stage):
    desk = stage.phone("desk")
    stage.phone("li")
    stage.open()
    first = stage.start_call("talk", talk_ms=2500)
    stage.wait_until(lambda: desk.received("ACK"), "the first answer")
    stage.call("talk")
    assert first.is_running(), "the first call was still up"
    first.wait(10)
    stage.wait_for_silence()
    stage.call("talk")
