#!/usr/bin/env python3
"""Whole calls: what hotlined needs for them and, where it is installed, Kamailio, in the same run.

Usage: bench/calls/run.py --hotlined PATH --hotlinectl PATH [--rig DIR] [--only CASE,…]
                          [--rates 500,1000] [--rounds 3] [--seconds 4] [--media relay]
       (scripts/bench calls [OPTIONS])

Cases: rates, parallel, busy    plain calls at each rate, three phones at once, a busy first phone
       ceiling                  the highest clean rate with the server on one core
       held                     memory of 10,000 held calls, and new calls beside them
       hotlines                 10 hotlines and 10,000
       overload                 up to 8,000 calls/s, more than one core can do
       dead                     a dead trunk and a silent phone at 300 calls/s, others beside
       export                   500 calls/s while all records are exported again and again

A call: INVITE, 180, 200, ACK, one second of talk, BYE, with reservation, journal and record durable
(hotlined) or a record through one batching writer (Kamailio). All traffic stays on 127.0.0.1. The
load generator and Kamailio's configuration come from the rig directory, which is no part of this
project. All of it takes less than ten minutes. Each load waits for a quiet machine and is repeated
where others disturbed it, for --patience seconds altogether; then the report says so.
Exit: 0 all is measured (whether wishes are met or not), 1 something is missing, 128 + n ended.
"""

import pathlib
import sys
import tempfile
import time

import command
import generator
import machine
import report
import servers
from cases import ceiling, dead, export, held, hotlines, overload, turns
from rig import Rig, say

IN_TURN = {"rates": turns.rates, "parallel": turns.parallel, "busy": turns.busy}
ALONE = {"ceiling": ceiling, "overload": overload, "held": held, "hotlines": hotlines, "dead": dead,
         "export": export}
CASES = [*IN_TURN, *ALONE]


def main():
    options = read_options()
    command.end_on_signals()
    try:
        with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder:
            sys.exit(0 if measure(options, pathlib.Path(folder)) else 1)
    except machine.BenchFailed as failed:
        sys.exit(f"bench: {failed}")


def read_options():
    def numbers(text):
        return [int(word) for word in text.split(",")]

    parser = command.parser(__doc__)
    parser.add_argument("--only", default=",".join(CASES), help="cases, default all")
    parser.add_argument("--rates", type=numbers, default=[500, 1000], help="calls/s")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each load, after its warm-up")
    parser.add_argument("--patience", type=int, default=60,
                        help="seconds for waiting and repeats, default 60")
    parser.add_argument("--records", help="for export: the folder of a database with many")
    parser.add_argument("--media", choices=["direct", "relay"], default="direct",
                        help="of hotlined; Kamailio's audio goes past it, always")
    parser.add_argument("--log-level", default="info", help="of hotlined")
    options = command.parse(parser)
    options.only = options.only.split(",")
    for case in options.only:
        if case not in CASES:
            sys.exit(f"bench: no case “{case}”; there are {', '.join(CASES)}")
    return options


def measure(options, folder):
    """Runs the cases. Returns whether all of them gave figures."""
    begin = time.monotonic()
    if not servers.Kamailio.version():
        print("Kamailio is not installed: nothing to compare with")
    rig = Rig(options, folder, generator.build(options.rig, folder))
    wishes, failures = [], []
    for name, case in chosen(options):
        try:
            wishes += case(rig)
        except machine.BenchFailed as failed:
            failures.append(f"{name}: {failed}")
            say(failures[-1])
    report.print_wishes(wishes)
    minutes = (time.monotonic() - begin) / 60
    peer = f", Kamailio {servers.Kamailio.version()}" if servers.Kamailio.version() else ""
    print(f"\n{machine.description()}{peer}; {minutes:.1f} minutes, medians, "
          f"{rig.disturbed} loads disturbed by other programs")
    for failure in failures:
        print(f"not measured: {failure}")
    return not failures


def chosen(options):
    """(name, what to call with the rig), in the order of CASES."""
    loads = [load for name in IN_TURN if name in options.only for load in IN_TURN[name](options)]
    if loads:
        yield "calls", lambda rig: turns.measure(rig, loads)
    for name, case in ALONE.items():
        if name in options.only:
            yield name, case.measure


if __name__ == "__main__":
    main()
