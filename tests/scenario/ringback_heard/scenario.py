"""A real phone (baresip) dials a hotline with music of its own: while the desk rings, it hears that
music and nothing else, as its recording shows beside the file."""

import wave

from support.baresip import Softphone
from support.sounds import RATE, decoded, give, likeness

PIECE = 3200  # samples that are looked for


def play(stage):
    stage.phone("desk", "answer", ring_ms=6000)
    stage.write_config(media='mode = "relay"\nringback = "prompts/default.wav"')
    give(stage, "default")
    stage.open()
    caller = Softphone("13800000001", stage.carrier, 440, stage.home)
    stage.peers.append(caller)
    caller.start("-s", "-e", f"/dial sip:4001234567@{stage.server_host}:5060", "-t", "8")
    stage.wait_until(lambda: "established" in caller.log(), "the answer", seconds=10)
    caller.wait(15)
    stage.wait_for_silence()
    (recording,) = (stage.home / caller.name).glob("*-dec.wav")
    with wave.open(str(recording)) as file:
        assert (file.getframerate(), file.getsampwidth()) == (RATE, 2)
        heard = file.readframes(5 * RATE)
    found = likeness(heard, decoded("default"), range(RATE, 5 * RATE, RATE), PIECE)
    assert found > 0.9, f"only {found:.2f} of it was heard"
