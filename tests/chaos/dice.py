"""Dice that fall the same again for the same seed."""

import random


def seeded(seed, what):
    """Dice of its own for each thing that is drawn, so that one does not change another."""
    return random.Random(f"{seed} {what}")
