"""Sixty calls a second while rules change, money comes, books are exported and audited, the
database is held and the server stopped: in the end no call is left, every answered one has one
record and pays for no more than it talked, and the server has kept no files open and little memory.
`--seed N` plays the same again; scripts/soak does it for an hour, and kills the server, too."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "chaos"))

from soaking import Plan, Soak  # noqa: E402  (needs the path above)

SECONDS = 18
RATE, RATE_INSTRUMENTED = 60, 20
TALKS_S = 1, 2, 3, 4
APART_S = 0.5, 1.5


def play(stage):
    print(f"seed {stage.seed}")
    slow = stage.server.is_instrumented()
    plan = Plan(SECONDS, RATE_INSTRUMENTED if slow else RATE, TALKS_S, APART_S, log_level="debug",
                warm_up_s=SECONDS / 2, least_talked=0.4, most_kb=None if slow else 50_000)
    problems = Soak(stage, plan).play()
    assert not problems, problems
