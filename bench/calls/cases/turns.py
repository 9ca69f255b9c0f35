"""hotlined and Kamailio in turn, each round every load: plain calls at several rates, three phones
that ring at once, a busy first phone."""

import contextlib

import servers
from report import Row, Wish, print_rows

RATE = 500  # of the loads that are no plain calls
WARM_UP_S = 34  # sofia-sip keeps what is over for 32 s: then as much goes as comes


def rates(options):
    """One phone, which answers."""
    return [(f"plain, {rate}/s", servers.PLAIN, rate) for rate in options.rates]


def parallel(_):
    """Three phones ring at once, the third answers."""
    return [(f"three at once, {RATE}/s", servers.PARALLEL, RATE)]


def busy(_):
    """The first phone is busy, the second answers."""
    return [(f"first is busy, {RATE}/s", servers.BUSY, RATE)]


def measure(rig, loads):
    """Both run from beginning to end and have each load by turns: a noisy minute hurts both. Before
    another rate both have it for a while, so that what is counted is neither the memory that first
    calls ask for nor calls whose remains are cleared away later."""
    both = rig.both()
    results = {(what, server.name): [] for what, _, _ in loads for server in both}
    with contextlib.ExitStack() as stack:
        for server in both:
            stack.enter_context(rig.running(server))
        warm = None
        for what, hotline, rate in sorted(loads, key=lambda load: -load[2]):
            if rate != warm:
                rig.warm_up(both, servers.PLAIN, rate, WARM_UP_S)
                warm = rate
            for turn in range(rig.options.rounds):
                for server in both if turn % 2 == 0 else both[::-1]:
                    results[what, server.name].append(
                        rig.measure(f"round {turn + 1}: {what}", server, hotline, rate))
    rows, wished = [], []
    for what, _, _ in loads:
        theirs = [Row(what, server.name, results[what, server.name]) for server in both[1:]]
        ours = Row(what, both[0].name, results[what, both[0].name], *theirs)
        rows += [*theirs, ours]
        wished += wishes(ours) if theirs else []
    print_rows("Calls, the servers in turn", rows)
    return wished


def wishes(ours):
    theirs = ours.base
    if ours.what.startswith("plain") and not ours.what.endswith(" 200/s"):
        ratio = ours.cpu_ms / theirs.cpu_ms
        yield Wish(f"CPU a call below Kamailio's ({ours.what})", f"{ratio:.2f} of it", ratio < 1,
                   (ours, theirs))
    if ours.what == "plain, 500/s":
        mine, its = (row.middle(lambda one: one.invite[1]) for row in (ours, theirs))
        yield Wish(f"INVITE→INVITE p99 at most Kamailio's ({ours.what})",
                   f"{mine:.2f} ms beside {its:.2f} ms", mine <= its, (ours, theirs))
