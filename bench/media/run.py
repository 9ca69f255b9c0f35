#!/usr/bin/env python3
"""The media plane: what hotlined's relay needs for a packet and, where it is installed, rtpengine's
userland daemon, in the same run.

Usage: bench/media/run.py --relay PATH --load PATH --bare PATH [--only CASE,…]
                          [--calls 100,200,500] [--most 700,1000] [--rounds 3] [--seconds 8]
                          [--patience 60] [--realtime]
       (scripts/bench media [OPTIONS])

Cases: relays     CPU, delay, jitter and loss at each number of calls, the relays in turn
       ceiling    calls relayed by one core, the phones on the other
       ringback   1,000 callers that hear one ringback, beside a program that only sends
       memory     of 1,000 relayed calls
       recording  what recording each call adds, by turns with calls that are not

A call: two phones that send 20 ms of PCMA fifty times a second each, all on 127.0.0.1.
--realtime lets relays and phones go before all else (chrt, root only): on a machine that others
use, delays are the scheduler's otherwise.
Exit: 0 all is measured (whether wishes are met or not), 1 something is missing, 128 + n ended.
"""

import argparse
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "calls"))
# pylint: disable=wrong-import-position
import command
import machine
import measure
import report
from relays import BareSender, Hotline, Nobody, Rtpengine
from rig import Patience

CASES = ("relays", "ceiling", "ringback", "memory", "recording")
RINGBACKS = 1000


def main():
    options = read_options()
    command.end_on_signals()
    begin = time.monotonic()
    wishes, failures = [], []
    for name in options.only:
        try:
            wishes += globals()[name](options)
        except machine.BenchFailed as failed:
            failures.append(f"{name}: {failed}")
    report.print_wishes(wishes)
    peer = f", rtpengine {Rtpengine.version()}" if Rtpengine.version() else ""
    print(f"\n\\* in each round other programs used {measure.DISTURBED} % of a core or more")
    print(f"\n{machine.description()}{peer}; {(time.monotonic() - begin) / 60:.1f} minutes, "
          f"medians{', before other programs (SCHED_RR)' if options.realtime else ''}")
    for failure in failures:
        print(f"not measured: {failure}")
    sys.exit(1 if failures else 0)


def read_options():
    def numbers(text):
        return [int(word) for word in text.split(",")]

    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relay", required=True, type=pathlib.Path)
    parser.add_argument("--load", required=True, type=pathlib.Path)
    parser.add_argument("--bare", required=True, type=pathlib.Path)
    parser.add_argument("--only", default=",".join(CASES), help="cases, default all")
    parser.add_argument("--calls", type=numbers, default=[100, 200, 500])
    parser.add_argument("--most", type=numbers, default=[700, 1000], help="calls on one core")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8, help="of each load, after its warm-up")
    parser.add_argument("--patience", type=int, default=60, help="seconds to wait for quiet")
    parser.add_argument("--realtime", action="store_true", help="before other programs")
    options = parser.parse_args()
    options.first = ["chrt", "--rr", "10"] if options.realtime else []
    options.patience = Patience(options.patience)
    options.only = options.only.split(",")
    for case in options.only:
        if case not in CASES:
            sys.exit(f"bench: no case “{case}”; there are {', '.join(CASES)}")
    return options


def relays(options):
    """Each number of calls, the relays by turns. Returns the wishes."""
    if not Rtpengine.version():
        print("rtpengine is not installed: nothing to compare with")
    kinds = [Nobody, lambda: Hotline(options.relay, prefix=options.first)]
    kinds += [lambda: Rtpengine(prefix=options.first)] if Rtpengine.version() else []
    wishes, rows = [], []
    for calls in options.calls:
        results = [[] for _ in kinds]
        for _ in range(options.rounds):
            for kind, found in zip(kinds, results):
                with kind() as relay:
                    found.append(measure.talk(options, relay, calls))
        names = ["nobody", "hotlined", "rtpengine"]
        middles = [measure.Middle(name, calls, found) for name, found in zip(names, results)]
        rows += [middle.cells() for middle in middles]
        wishes += measure.relay_wishes(middles)
        if len(middles) == 3:
            rows.append(["", "", "of rtpengine", f"{middles[1].cpu_us / middles[2].cpu_us:.2f}",
                         "", "", "", "", ""])
    report.print_table("Relays, in turn", measure.HEADS, rows)
    return wishes


def ceiling(options):
    """The relay on one core, the phones on the other."""
    wishes, rows = [], []
    for calls in options.most:
        found = []
        for _ in range(options.rounds):
            own_core = ["taskset", "-c", "0", *options.first]
            with Hotline(options.relay, prefix=own_core) as relay:
                found.append(measure.talk(options, relay, calls, ["taskset", "-c", "1"]))
        middle = measure.Middle("hotlined", calls, found)
        rows.append(middle.cells())
        # Loss comes of other programs on the relay's core, too: the best round is what it can do.
        lost = min(one.lost for one in found)
        wishes.append(report.Wish(f"{calls} calls on one core, lost packets 0", str(lost),
                                  lost == 0))
    report.print_table("One core", measure.HEADS, rows)
    return wishes


def ringback(options):
    """Many callers that hear the same, by turns with the least that sending as much can cost."""
    found, bare = [], []
    for _ in range(options.rounds):
        with Hotline(options.relay, "ringback", prefix=options.first) as relay:
            found.append(measure.hear(options, relay, RINGBACKS))
        with BareSender(options.bare, prefix=options.first) as sender:
            bare.append(measure.hear(options, sender, RINGBACKS))
    middle = measure.Middle("hotlined", RINGBACKS, found)
    floor = measure.Middle("sendto alone", RINGBACKS, bare)
    ratio = f"{middle.cpu_us / floor.cpu_us:.2f}"
    report.print_table("Ringback", measure.HEADS,
                       [middle.cells(), floor.cells(),
                        ["", "", "of sendto", ratio, "", "", "", "", ""]])
    return [report.Wish(f"{RINGBACKS} callers hear ringback ≤ 25 % of a core",
                        f"{middle.core_percent:.1f} %", middle.core_percent <= 25, (middle,))]


def memory(options):
    """What calls add to the process and to the kernel's tables."""
    found = []
    for _ in range(options.rounds):
        with Hotline(options.relay) as relay:
            found.append(measure.memory(options, relay, 1000))
    resident, kernel = (sorted(values)[len(values) // 2] for values in zip(*found))
    report.print_table("Memory of 1,000 relayed calls", ["kB a call", "process", "kernel"],
                       [["", f"{resident:.1f}", f"{kernel:.1f}"]])
    return [report.Wish("memory of a relayed call ≤ 32 kB", f"{resident + kernel:.1f} kB",
                        resident + kernel <= 32)]


def recording(options):
    """The relay with and without recording, by turns, at each number of calls."""
    wishes, rows = [], []
    for calls in options.calls:
        plain, recorded = [], []
        for _ in range(options.rounds):
            with Hotline(options.relay, prefix=options.first) as relay:
                plain.append(measure.talk(options, relay, calls))
            with tempfile.TemporaryDirectory() as directory:
                with Hotline(options.relay, "record", directory, prefix=options.first) as relay:
                    recorded.append(measure.talk(options, relay, calls))
        middles = [measure.Middle("relayed", calls, plain),
                   measure.Middle("and recorded", calls, recorded)]
        rows += [middle.cells() for middle in middles]
        wishes.append(measure.recording_wish(*middles))
    report.print_table("Recording, by turns", measure.HEADS, rows)
    return wishes


if __name__ == "__main__":
    main()
