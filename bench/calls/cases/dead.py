"""A dead trunk, and a phone that says nothing, at 300 calls/s: what a call costs then, and whether
calls through another trunk wait for it. Every call has a second phone, which answers."""

import servers
from report import Row, Wish, print_rows
from rig import WARM_S

RATE = 300
# From the start, with the trunk still thought alive; and when the first calls are over (hotlined
# gives silence up after 3.9 s).
LOADS = (("plain", servers.BESIDE, WARM_S),
         ("behind a dead trunk", servers.DEAD, 6),
         ("first phone silent", servers.BESIDE_SILENT, 6))


def measure(rig):
    server = rig.hotlined()
    alone = compare(rig, server)
    print_rows(f"A dead trunk and a silent phone, {RATE}/s", alone)
    live = beside(rig, server)
    print_rows(f"Calls of a live trunk, {RATE}/s, beside {RATE}/s of another", live)
    return wishes(alone, live)


def compare(rig, server):
    """Each load on a server of its own, compared with the first."""
    rows = []
    for what, hotline, warm_s in LOADS:
        with rig.running(server):
            result = rig.measure(what, server, hotline, RATE, warm_s=warm_s, which=1)
        rows.append(Row(what, server.name, [result], *rows[:1]))
    return rows


def beside(rig, server):
    """The same, of calls through a live trunk while others do that. From the start: the trunk is
    still thought alive in the first seconds."""
    rows = []
    for what, hotline, warm_s in LOADS:
        with rig.running(server):
            result = rig.measure(f"beside {what}", server, servers.TRUNK, RATE, beside=hotline,
                                 seconds=warm_s - WARM_S + rig.options.seconds)
        rows.append(Row(f"beside {what}", server.name, [result], *rows[:1]))
    return rows


def wishes(alone, live):
    plain, *worse = alone
    for row in worse:
        ratio = row.cpu_ms / plain.cpu_ms
        yield Wish(f"CPU below twice a plain call's ({row.what}, {RATE}/s)", f"{ratio:.2f} times",
                   ratio < 2, (plain, row))
    before, *after = (row.middle(lambda one: one.invite[1]) for row in live)
    for row, p99 in zip(live[1:], after):
        # Half as much again, or half a millisecond: below that runs differ by themselves.
        yield Wish(f"INVITE→INVITE p99 of a live trunk keeps ({row.what})",
                   f"{p99:.2f} ms instead of {before:.2f} ms",
                   p99 < max(1.5 * before, before + 0.5),
                   (live[0], row))
