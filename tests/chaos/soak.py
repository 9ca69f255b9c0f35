#!/usr/bin/env python3
"""Has a server carry calls for an hour while all sorts of things happen to it, kills among them.

Usage: tests/chaos/soak.py --hotlined PATH --hotlinectl PATH [--minutes N] [--rate N] [--seed N]
       (scripts/soak builds first and says which)

In the end no call is left, no money is reserved, every answered call has one record and none was
billed for longer than it talked, the books hold, and the server has not grown. The scenario "soak"
is a short one of these, without kills.
Exit: 0 all of that holds, 1 something does not.
"""

import argparse
import pathlib
import random
import sys

SCENARIOS = pathlib.Path(__file__).resolve().parent.parent / "scenario"
sys.path.insert(0, str(SCENARIOS))

from soaking import Plan, Soak  # noqa: E402  (needs the path above)
from support.stage import Stage  # noqa: E402

TALKS_S = 5, 9, 16, 30
APART_S = 3, 9
KILLS = 1 / 3  # of the time, at its begin: the rest shows whether one process grows
WARM_UP_S = 90  # three times the longest talk: then as many calls end as begin
LEAK_PER_CALL = 40  # bytes that might be lost with each call and are too few to be found


def main():
    parser = argparse.ArgumentParser(description="A long day of a server, in an hour.")
    parser.add_argument("--hotlined", required=True, type=pathlib.Path)
    parser.add_argument("--hotlinectl", required=True, type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=150, help="calls a second")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    seconds = 60 * arguments.minutes
    plan = Plan(seconds, arguments.rate, TALKS_S, APART_S, kills_until_s=KILLS * seconds,
                warm_up_s=min(WARM_UP_S, seconds / 4), leak_per_call=LEAK_PER_CALL)
    stage = Stage(SCENARIOS / "soak", arguments.hotlined.resolve(),
                  arguments.hotlinectl.resolve(), arguments.seed)
    problems = ["it broke off"]
    try:
        problems = Soak(stage, plan).play()
    finally:
        stage.close(keep=bool(problems))
        for problem in problems:
            print(f"not well: {problem}")
        if problems:
            print(f"everything is kept in {stage.home}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
