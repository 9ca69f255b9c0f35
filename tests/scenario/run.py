#!/usr/bin/env python3
"""Plays one scenario against a real server.

Usage: tests/scenario/run.py NAME --hotlined PATH --hotlinectl PATH [--seed N] [--keep]
Exit: 0 it went as expected, 1 it did not (the log and all messages are printed), 77 this machine
cannot play it.
"""

import argparse
import importlib.util
import pathlib
import random
import sys
import traceback

CANNOT_PLAY = 77  # what ctest takes for "skipped"
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from support.stage import CannotPlay, Stage  # noqa: E402  (needs the path above)


def load(folder):
    """The scenario's own code: play(stage). It may have modules of its own beside it."""
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location(folder.name, folder / "scenario.py")
    scenario = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scenario)
    return scenario


def show_what_happened(stage):
    """Prints all a person needs to find out what went wrong."""
    for peer in (*stage.callers, *stage.phones.values(), *stage.peers):
        print(f"\n--- {peer.name or peer.host}")
        for message in peer.messages():
            print(f"{message.time % 1000:8.3f} {message!r}")
        print(peer.complaints()[:4000])
    print(f"\n--- server\n{stage.server.log()[-20000:]}")


def main():
    parser = argparse.ArgumentParser(description="Plays one scenario against a real server.")
    parser.add_argument("name")
    parser.add_argument("--hotlined", required=True, type=pathlib.Path)
    parser.add_argument("--hotlinectl", required=True, type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32),
                        help="of what a scenario draws at random; it prints its seed")
    parser.add_argument("--keep", action="store_true", help="keep the run's files")
    arguments = parser.parse_args()

    scenario = load(HERE / arguments.name)
    stage = Stage(HERE / arguments.name, arguments.hotlined.resolve(),
                  arguments.hotlinectl.resolve(), arguments.seed)
    try:
        print(scenario.__doc__)
        scenario.play(stage)
        problems = stage.finish()
    except CannotPlay as why:
        stage.close(keep=False)
        print(f"SKIPPED: {why}")
        return CANNOT_PLAY
    except Exception:
        problems = [traceback.format_exc()]
    if problems:
        show_what_happened(stage)
        print("\n--- not as expected\n" + "\n".join(problems))
    stage.close(keep=arguments.keep or bool(problems))
    if problems:
        print(f"everything is kept in {stage.home}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
