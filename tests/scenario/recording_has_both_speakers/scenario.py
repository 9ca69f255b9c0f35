"""Two real phones (baresip) on a hotline that records: both hear that they are recorded, then each
other. The recording has the caller on the left and the phone on the right, and its note in the
record has the file's SHA-256."""

import audioop
import wave

from support.baresip import Softphone
from support.recording import noted, recording_of
from support.sounds import give
from support.tones import share_of

CALLER_HZ, DESK_HZ, RATE = 440, 1000, 8000


def tones_in(path):
    """Of both channels: how much of each is the caller's tone, and the desk's."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, RATE, 2)
        data = file.readframes(file.getnframes())
    sides = [audioop.tomono(data, 2, *which) for which in ((1, 0), (0, 1))]
    seconds = [side[2 * RATE:-2 * RATE] for side in sides]  # all but the first and the last
    return [[share_of(one, RATE, hz) for hz in (CALLER_HZ, DESK_HZ)] for one in seconds]


def play(stage):
    desk = Softphone("desk", stage.reserve("desk"), DESK_HZ, stage.home)
    caller = Softphone("13800000001", stage.carrier, CALLER_HZ, stage.home)
    stage.peers += [desk, caller]
    desk.start("-s")
    stage.wait_until(lambda: "ready" in desk.log(), "the desk's start")
    stage.write_config(media='mode = "relay"\n[recording]\nmin_free_mb = 0')
    give(stage, "recorded_notice")
    stage.open()
    caller.start("-s", "-e", f"/dial sip:4001234567@{stage.server_host}:5060", "-t", "8")
    stage.wait_until(lambda: "established" in caller.log(), "the answer")
    caller.wait(15)
    stage.wait_for_silence()
    desk.kill()

    note = noted(stage)
    path = recording_of(stage)
    assert note["by"] == "hotlined" and note["seconds"] > 5, note
    left, right = tones_in(path)
    assert left[0] > 0.9 and left[1] < 0.05, f"left is {left[0]:.2f} the caller, {left[1]:.2f} not"
    assert right[1] > 0.9 and right[0] < 0.05, f"right is {right[1]:.2f} the desk"
    # Each heard the notice first, as long as it is, and then the other.
    for phone, hears in ((desk, CALLER_HZ), (caller, DESK_HZ)):
        assert phone.heard(hears, second=0) < 0.5, f"{phone.name} heard no notice"
        assert phone.heard(hears, second=4) > 0.9, f"{phone.name} did not hear the other"
    _, shown, _ = stage.ctl.run("cdr", "show", stage.ctl.cdrs()[0]["id"])
    assert path.name in shown and note["sha256"] in shown, shown
