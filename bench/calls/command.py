"""What the commands of this folder share: options, and how they end."""

import argparse
import pathlib
import signal
import sys

HERE = pathlib.Path(__file__).resolve().parent
RIG = HERE.parents[2] / "shared/rig"


def parser(usage):
    options = argparse.ArgumentParser(description=usage,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hotlined", required=True, type=pathlib.Path)
    options.add_argument("--hotlinectl", required=True, type=pathlib.Path)
    options.add_argument("--rig", type=pathlib.Path, default=RIG,
                         help="where sipload.c and kamailio/ are, default ../shared/rig")
    return options


def parse(options):
    """The options, with the rig looked for."""
    read = options.parse_args()
    for path in ("hotlined", "hotlinectl", "rig"):
        setattr(read, path, getattr(read, path).resolve())
    if not (read.rig / "sipload.c").exists():
        sys.exit(f"bench: there is no load generator (sipload.c) in {read.rig}. It is no part of "
                 "this project: name the measuring rig's directory with --rig")
    return read


def end_on_signals():
    """TERM, HUP and Ctrl-C become an ordinary exit, so that what was started is ended; a second
    one changes nothing."""
    ours = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(number, _):
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        sys.exit(128 + number)

    for each in ours:
        signal.signal(each, end)
