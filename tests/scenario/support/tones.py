"""What tones are in samples."""

import math
import struct


def share_of(data, rate, tone_hz):
    """How much of 16-bit samples' energy is that tone, 0 to 1: Goertzel's algorithm, a tenth of a
    second at a time, for a tone may have a break."""
    samples = struct.unpack(f"<{len(data) // 2}h", data)
    energy = sum(sample * sample for sample in samples)
    if not energy:
        return 0.0
    piece = rate // 10
    power = sum(2 * _power(samples[first:first + piece], rate, tone_hz) / piece
                for first in range(0, len(samples) - piece + 1, piece))
    return power / energy


def _power(samples, rate, tone_hz):
    turn = 2 * math.cos(2 * math.pi * tone_hz / rate)
    before, last = 0.0, 0.0
    for sample in samples:
        before, last = last, sample + turn * last - before
    return last * last + before * before - turn * last * before
