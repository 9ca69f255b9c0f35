"""A second TERM does not wait for live calls: they are hung up on, billed, and the server ends."""

import time


def play(stage):
    desk = stage.phone("desk")
    stage.open(drain_s=60)
    talking = stage.start_call("listen")
    stage.wait_until(lambda: desk.received("ACK"), "the answer")
    stage.server.terminate()
    stage.server.wait_for_log("drain")
    time.sleep(0.3)
    stage.server.terminate()
    assert stage.server.wait(5) == 0
    talking.wait(5)
    stage.restart()
