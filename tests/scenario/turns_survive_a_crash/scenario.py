"""Calls go round between two phones, and kill -9 in between does not begin anew."""


def play(stage):
    stage.phone("desk", "answer")
    stage.phone("li", "answer")
    stage.open()
    for _ in range(3):
        stage.call("talk")
        stage.wait_for_silence()
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 3, "three records")
    stage.server.kill()
    stage.restart()
    for _ in range(2):
        stage.call("talk")
        stage.wait_for_silence()
