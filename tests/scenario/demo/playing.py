"""What demos have in common: their command line, a stage that is kept where something went wrong,
and lists as people read them."""

import argparse
import pathlib
import sys
from decimal import Decimal

from support.stage import SANITIZER_REPORTS, Stage


def command_line(description):
    """A parser that knows where the programs are."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--hotlined", required=True, type=pathlib.Path)
    parser.add_argument("--hotlinectl", required=True, type=pathlib.Path)
    return parser


def perform(folder, arguments, play, verdict):
    """Plays on a stage with the configuration of that folder. `play` returns what went wrong,
    `verdict` is the sentence for nothing. Returns the exit code."""
    stage = Stage(folder, arguments.hotlined.resolve(), arguments.hotlinectl.resolve())
    problems = ["the demo was interrupted"]
    try:
        problems = play(stage)
    finally:
        stage.close(keep=bool(problems))
        if problems:
            print(stage.server.log()[-4000:], *problems, sep="\n", file=sys.stderr)
    print(verdict if not problems else "The demo failed.")
    return 1 if problems else 0


def show(stage, title, *words):
    """Prints what hotlinectl shows to people. Returns what went wrong."""
    code, out, err = stage.ctl.run(*words)
    print(f"\n{title}: hotlinectl {' '.join(words)}\n\n{out}{err}", end="")
    return [] if code == 0 else [f"hotlinectl {' '.join(words)} ended {code}"]


def charged_and_taken(ctl):
    """What the records charge, and what the ledger took."""
    charged = sum(Decimal(record["charge"]) for record in ctl.cdrs())
    taken = -sum(Decimal(entry["amount"]) for entry in ctl.ledger()
                 if entry["kind"] == "call_charge")
    return charged, taken


def end(stage):
    """Ends the server as an operator does. Returns what went wrong."""
    stage.server.terminate()
    problems = [] if stage.server.wait() == 0 else ["hotlined did not end well"]
    log = stage.server.log()
    return problems + [f"the log has “{report}”" for report in SANITIZER_REPORTS if report in log]
