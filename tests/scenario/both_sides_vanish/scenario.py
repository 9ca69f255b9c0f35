"""Both sides are gone in a talk: the machine of one is silent, at the other nobody listens any
more. The call ends by the silence of its audio and is billed until the last packet; the BYEs that
nobody answers hold nothing, and the phone's one line is free for the next call."""

import time

from support.rtp import RelayedCall

SILENCE_S = 5  # the shortest
TOLERANCE_MS = 100


def play(stage):
    stage.bare_phone("desk")
    stage.open(media=f'mode = "relay"\nsilence_s = {SILENCE_S}')
    call = RelayedCall(stage)
    call.talk(50)
    last, answered = time.time(), call.answer.time
    call.close()
    call.caller.kill()
    stage.wait_until(lambda: stage.ctl.cdrs(), "the record", SILENCE_S + 3)
    (cdr,) = stage.ctl.cdrs()
    talked_ms = 1000 * (last - answered)
    assert abs(cdr["talk_ms"] - talked_ms) < TOLERANCE_MS, (cdr["talk_ms"], talked_ms)
    for counter in ("audio_legs", "legs"):
        stage.wait_until(lambda c=counter: not stage.counter(c), f"the end of {counter}", 12)
    assert call.desk.wait_for("BYE", seconds=0), "the phone was not hung up on"
    while call.desk.wait_for("BYE", seconds=0):
        pass  # it was said again
    RelayedCall(stage).hang_up()
