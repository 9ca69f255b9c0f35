"""The server stands still for longer than the silence after which a call counts as lost, and both
sides talk on: when it goes on so does the call, and each hears the other."""

import threading
import time

from support.freeze import frozen
from support.rtp import RelayedCall, hear_each_other

SILENCE_S = 5  # the shortest
FROZEN_S = 6.5


class Talking(threading.Thread):
    """Both sides of a call talk until told to stop."""

    def __init__(self, call):
        super().__init__(daemon=True)
        self._call, self._told = call, threading.Event()

    def __enter__(self):
        self.start()

    def __exit__(self, *_):
        self._told.set()
        self.join()

    def run(self):
        while not self._told.is_set():
            self._call.talk(5)


def play(stage):
    stage.bare_phone("desk")
    stage.open(media=f'mode = "relay"\nsilence_s = {SILENCE_S}')
    call = RelayedCall(stage)
    call.talk()
    with Talking(call):
        with frozen(stage):
            time.sleep(FROZEN_S)
        time.sleep(2)  # it looks for silence each second
    assert len(stage.ctl.calls()) == 1, stage.ctl.cdrs()
    for audio in (call.caller_audio, call.desk_audio):
        audio.heard(0.2)
    hear_each_other(call.caller_audio, call.caller_place, call.desk_audio, call.desk_place)
    call.hang_up()
    stage.wait_for_silence()
