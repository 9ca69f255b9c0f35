"""The prompts we ship, as scenarios play them and look for them in what was heard."""

import audioop
import pathlib
import shutil

PROMPTS = pathlib.Path(__file__).parents[3] / "config/prompts"
RATE = 8000  # samples a second


def encoded(name):
    """A prompt's A-law bytes, a sample each."""
    return (PROMPTS / f"{name}.wav").read_bytes().partition(b"data")[2][4:]


def decoded(name):
    """The same as 16-bit samples."""
    return audioop.alaw2lin(encoded(name), 2)


def give(stage, *names):
    """Puts prompts into the configuration; without names all of them."""
    folder = stage.config / "prompts"
    if not names:
        shutil.copytree(PROMPTS, folder)
        return
    folder.mkdir(exist_ok=True)
    for name in names:
        shutil.copy(PROMPTS / f"{name}.wav", folder)


def likeness(recording, source, starts, length):
    """How like one of these pieces of the source the best fitting place of the recording is, 0 to
    1. Both are 16-bit samples; pieces are told by their first sample and have one length."""
    best = 0
    for start in starts:
        piece = source[2 * start:2 * (start + length)]
        offset, factor = audioop.findfit(recording, piece)
        found = recording[2 * offset:2 * (offset + length)]
        rest = audioop.add(found, audioop.mul(piece, 2, -factor), 2)
        best = max(best, 1 - (audioop.rms(rest, 2) / max(1, audioop.rms(found, 2))) ** 2)
    return best
