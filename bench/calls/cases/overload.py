"""What is left of the calls when twice as many come as can be done, and how soon all is as before.
The server on one core, the generator on another."""

import os

import machine
import servers
from report import Row, Wish, print_rows

RATES = 2000, 3000, 4000, 6000, 8000
CALM = 500  # right after
GOODPUT = 0.9


def measure(rig):
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise machine.BenchFailed("an overload needs two cores")
    ours, its = (("taskset", "-c", str(core)) for core in cores[:2])
    server = rig.hotlined(prefix=ours)
    with rig.running(server):
        loads = [rig.measure("too many calls", server, servers.PLAIN, rate, prefix=its)
                 for rate in RATES]
        after = rig.offer(server, servers.PLAIN, CALM, warm_s=0, prefix=its)
    rows = [Row(f"{load.offered:,.0f}/s: {answered(load):,.0f} answered", "hotlined", [load])
            for load in loads]
    calm = Row(f"{CALM:,}/s right after", "hotlined", [after])
    print_rows("More calls than can be done", [*rows, calm])
    peak = max(map(answered, loads))
    twice = next((row for row in rows if row.results[0].offered >= 2 * peak), rows[-1])
    share = answered(twice.results[0]) / peak
    times = twice.results[0].offered / peak
    return [Wish(f"answered calls at {times:.1f} times the peak rate, of the peak", f"{share:.2f}",
                 share >= GOODPUT, tuple(rows)),
            Wish("right after, none of the calls fails", f"{after.failed} of {after.calls}",
                 after.failed == 0, (calm,))]


def answered(load):
    """Calls a second."""
    return (load.calls - load.failed) / load.calls * load.actual
