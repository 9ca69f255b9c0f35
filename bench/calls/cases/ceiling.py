"""The highest rate at which fewer than one call in a thousand fails, the server on one core and the
generator on another."""

import os

import machine
import servers
from generator import Unfinished
from report import Row, Wish, print_rows
from rig import say

FIRST, STEP, LEAST, MOST = 2500, 500, 500, 6000
TRIES = 2   # of the first, which is the one that is wanted; of others one
END_S = 14  # a request that is lost twice is answered 1.5 s later: what takes longer is not clean


def measure(rig):
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise machine.BenchFailed("the ceiling needs two cores")
    ours, its = (("taskset", "-c", str(core)) for core in cores[:2])
    best = highest_clean(rig, rig.hotlined(prefix=ours), its)
    rows = [Row(f"{best.offered:,.0f}/s", "hotlined", [best])] if best else []
    print_rows("The highest clean rate, the server on one core", rows)
    found = best.offered if best else 0
    return [Wish("2,500 calls/s clean on one core", f"{found:,.0f}/s", found >= 2500, tuple(rows))]


def highest_clean(rig, server, prefix):
    """Goes up from the first rate to the last clean one, or down from it to the first clean one."""
    best, rate = try_rate(rig, server, prefix, FIRST, tries=TRIES), FIRST
    if best is None:
        while best is None and rate > LEAST:
            rate -= STEP
            best = try_rate(rig, server, prefix, rate)
        return best
    while rate < MOST:
        rate += STEP
        higher = try_rate(rig, server, prefix, rate)
        if higher is None:
            break
        best = higher
    return best


def try_rate(rig, server, prefix, rate, tries=1):
    """What it met if it was clean. Each try has a server of its own: it is not to bear what the one
    before it failed in."""
    for _ in range(tries):
        try:
            with rig.running(server):
                result = rig.measure("on one core", server, servers.PLAIN, rate, prefix=prefix,
                                     end_s=END_S)
            if result.is_clean:
                return result
        except Unfinished as failed:
            say(f"on one core, {server.name}, {rate}/s: {failed}")
    return None
