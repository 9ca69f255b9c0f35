"""A real phone (baresip) dials a hotline with music of its own: while the desk rings, it hears that
music and nothing else, as its recording shows beside the file."""

import audioop
import pathlib
import shutil
import wave

from support.baresip import Softphone

MUSIC = pathlib.Path(__file__).parents[3] / "config/prompts/default.wav"
RATE, PIECE = 8000, 3200  # samples: of a second; of a piece that is looked for


def music():
    """The file as 16-bit samples: A-law of 8,000 a second."""
    _, _, data = MUSIC.read_bytes().partition(b"data")
    return audioop.alaw2lin(data[4:], 2)


def likeness(recording, source):
    """How like a piece of the source the best fitting place of the recording is: 0 to 1."""
    best = 0
    for second in range(1, 5):
        piece = source[2 * RATE * second:2 * (RATE * second + PIECE)]
        offset, factor = audioop.findfit(recording, piece)
        found = recording[2 * offset:2 * (offset + PIECE)]
        rest = audioop.add(found, audioop.mul(piece, 2, -factor), 2)
        best = max(best, 1 - (audioop.rms(rest, 2) / max(1, audioop.rms(found, 2))) ** 2)
    return best


def play(stage):
    stage.phone("desk", "answer", ring_ms=6000)
    stage.write_config(media='mode = "relay"\nringback = "prompts/default.wav"')
    (stage.config / "prompts").mkdir()
    shutil.copy(MUSIC, stage.config / "prompts")
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
    assert likeness(heard, music()) > 0.9, f"only {likeness(heard, music()):.2f} of it was heard"
