#!/usr/bin/env python3
"""Injects every fault that is to be survived, and counts what became of the calls.

Usage: tests/chaos/chaos.py --hotlined PATH --hotlinectl PATH [--build DIR] [--only F01,F06]
       [--times N] [--kills N] [--calls N] [--signals KILL,ABRT,SEGV] [--seed N]
       (scripts/chaos builds first and says which)

First a server that carries calls is killed again and again (F01, F02; kills.py), then each fault
is injected by the scenarios and unit tests that can (faults.py). A scorecard in Markdown is the
end. Unit tests are run where --build says where they are built.
Exit: 0 all that was injected was survived, 1 something was not, 2 wrong command line.
"""

import argparse
import pathlib
import random
import shlex
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parent / "scenario"
sys.path.insert(0, str(SCENARIOS))

import kills  # noqa: E402  (needs the path above)
import scorecard  # noqa: E402
from faults import FAULTS, KILLED  # noqa: E402
from injections import Injector  # noqa: E402
from support.stage import Stage  # noqa: E402


def main():
    arguments = read_arguments()
    print(f"seed {arguments.seed}", flush=True)
    began = time.monotonic()
    faults = [one for one in FAULTS if not arguments.only or one.name in arguments.only]
    killed, kill_rows = None, []
    if arguments.kills and any(fault.name in KILLED for fault in faults):
        well, kill_rows = kill(arguments)
        killed = arguments.kills, well
    injector = Injector(arguments.hotlined, arguments.hotlinectl, arguments.times, arguments.seed,
                        arguments.build)
    rows = [scorecard.Row(fault, injector.scenarios(fault), injector.units(fault),
                          killed if fault.name in KILLED else None) for fault in faults]
    scorecard.show(rows, injector.totals(), arguments.kills if killed else 0, kill_rows,
                   time.monotonic() - began, command_again(arguments))
    return 1 if any(row.has_failed for row in rows) else 0


def read_arguments():
    parser = argparse.ArgumentParser(description="Injects every fault that is to be survived.")
    parser.add_argument("--hotlined", required=True, type=pathlib.Path)
    parser.add_argument("--hotlinectl", required=True, type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, help="where unit tests are built")
    parser.add_argument("--only", type=words, default=[], help="these faults: F01,F06")
    parser.add_argument("--times", type=int, default=3,
                        help="that each scenario is played; 0: the kills alone")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--calls", type=int, default=1000, help="live at once when it is killed")
    parser.add_argument("--signals", type=words, default=list(kills.SIGNALS),
                        help="by which it is killed, by dice: KILL,ABRT,SEGV")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    known = {fault.name for fault in FAULTS}
    for word, right in (*((name, known) for name in arguments.only),
                        *((name, kills.SIGNALS) for name in arguments.signals)):
        if word not in right:
            parser.error(f"{word} is none of {', '.join(sorted(right))}")
    for fault in FAULTS:
        for name in fault.scenarios:
            if not (SCENARIOS / name / "scenario.py").exists():
                parser.error(f"there is no scenario {name}, by which {fault.name} is injected")
    return arguments


def words(text):
    return text.split(",")


def kill(arguments):
    """Returns: whether it survived, and the rows of its table."""
    stage = Stage(HERE, arguments.hotlined.resolve(), arguments.hotlinectl.resolve(),
                  arguments.seed)
    rows, well = [], False
    try:
        done = kills.play(stage, arguments.kills, arguments.calls, arguments.signals)
        rows, well = kills.score(stage, done)
    except Exception:  # the other faults are injected all the same
        traceback.print_exc()
    finally:
        stage.close(keep=not well)
    if not well:
        print(f"FAILED: everything is kept in {stage.home}", flush=True)
    return well, rows


def command_again(arguments):
    options = ["scripts/chaos", "--seed", arguments.seed, "--times", arguments.times,
               "--kills", arguments.kills, "--calls", arguments.calls,
               "--signals", ",".join(arguments.signals)]
    if arguments.only:
        options += ["--only", ",".join(arguments.only)]
    return shlex.join(map(str, options))


if __name__ == "__main__":
    sys.exit(main())
