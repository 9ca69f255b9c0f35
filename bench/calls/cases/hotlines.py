"""Few hotlines, then many: a call must not notice."""

import servers
from report import Row, print_rows

FEW, MANY = 10, 10_000
CALLED = 10  # of them, spread over all
RATE = 500
TURNS = 2


def measure(rig):
    results = {FEW: [], MANY: []}
    for turn in range(TURNS):
        for count in (FEW, MANY) if turn % 2 == 0 else (MANY, FEW):
            called = [servers.more_number(i * (count // CALLED)) for i in range(CALLED)]
            server = rig.hotlined()
            with rig.running(server, more_hotlines=count):
                results[count].append(
                    rig.measure(f"{count:,} hotlines", server, ",".join(called), RATE))
    few = Row(f"{FEW} hotlines, {RATE}/s", "hotlined", results[FEW])
    many = Row(f"{MANY:,} hotlines, {RATE}/s", "hotlined", results[MANY], few)
    print_rows("Few hotlines and many", [few, many])
    return []
