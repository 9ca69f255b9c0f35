"""More new calls than can be done, from a hundred and twenty addresses of three trunks. Calls that
talk meanwhile are as ever: their requests are answered soon, and each ends when a side hangs up and
has its record. A trunk that calls little is let in. Who is turned away is told when to come again,
and leaves nothing in memory; when the flood is over, the next call goes through."""

import contextlib
import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flood import Flood
from held import Held

TRUNKS, OF_EACH, FIRST_SOURCE = ("north", "south", "west"), 40, 100
PER_S, SECONDS = 2000, 3
TOLD_APART_S = 1.5  # trunks that flood and those that do not: by the calls of the second before
LIVE = 10
# Requests wait 50 ms beside a flood, more where others use the machine; T2 is the deadline.
ANSWERED_S = 4
SET_UP_S = 3
# Of a call that is let in and rings ten phones for a while, and of what grows once.
KB_A_CALL, KB_ONCE = 160, 50_000
# With a sanitizer, perhaps beside other tests: the flood is so much slower and memory so much more,
# and there is so much more time.
SLOWER, MORE_TIME = 2, 3


def play(stage):
    desk, _ = stage.bare_phone("desk"), stage.bare_phone("sink")
    sources = {name: [stage.block.host(FIRST_SOURCE + n * OF_EACH + i) for i in range(OF_EACH)]
               for n, name in enumerate(TRUNKS)}
    stage.open(balance="100000.00", **{name: ", ".join(f'"{host}"' for host in hosts)
                                       for name, hosts in sources.items()})
    calls = [Held(stage, desk, f"live{n}", n) for n in range(LIVE)]
    for call in calls:
        call.set_up()
    before = stage.server.resident_kb()
    hosts = [host for one_of_each in zip(*sources.values()) for host in one_of_each]
    slower, more_time = (SLOWER, MORE_TIME) if stage.server.is_instrumented() else (1, 1)
    with Flood(stage, hosts, "4001234568", PER_S / slower) as flood:
        calls.append(be_amidst(stage, desk, calls, flood, more_time))
        time.sleep(max(0, flood.began + SECONDS - time.monotonic()))
    calls.append(Held(stage, desk, "afterwards", LIVE))
    took = calls[-1].set_up(tries=6)  # what the flood left in the socket is read first
    assert took < SET_UP_S * more_time, f"the next call was up after {took:.2f} s"
    check_memory(stage, stage.server.resident_kb() - before, slower)
    calls[-1].end()
    check_refusals(stage, flood)
    check_records(stage, calls)


def be_amidst(stage, desk, calls, flood, more_time):
    """All that live calls do, and a call of a trunk that calls little. Returns the last."""
    stage.wait_until(lambda: stage.counter("turned_away"), "that anybody is turned away", 10)
    with ThreadPoolExecutor(len(calls)) as together:
        delays = list(together.map(Held.ask, calls))
    time.sleep(max(0, flood.began + TOLD_APART_S - time.monotonic()))
    new = Held(stage, desk, "amidst", LIVE)
    took = new.set_up(tries=1 if more_time == 1 else 12)
    delays += [call.end() for call in (*calls, new)]
    print(f"answered within {max(delays):.2f} s; a new call was up after {took:.2f} s")
    assert max(delays) < ANSWERED_S * more_time, delays
    assert took < SET_UP_S * more_time, took
    return new


def check_memory(stage, grown, bigger):
    let_in = stage.counter("calls")
    print(f"{grown} kB more, {let_in} calls let in, {stage.counter('turned_away')} turned away")
    most = (KB_A_CALL * let_in + KB_ONCE) * bigger
    assert grown < most, f"{grown} kB more, of {let_in} calls"


def check_refusals(stage, flood):
    """Who got a final answer was told to come again, or rang in vain; many got none."""
    finals = flood.finals()
    counts = Counter(answer.status for _, answer in finals)
    print(f"{flood.sent} new calls, final answers: {dict(counts)}")
    assert set(counts) <= {480, 503} and counts[503] > 100, counts
    assert stage.counter("turned_away") > flood.sent / 10, "no flood for this machine"
    for _, answer in finals:
        later = answer.header("Retry-After")
        assert answer.status != 503 or int(later) > 0, answer.raw
    assert len({host for host, _ in finals}) > len(TRUNKS) * OF_EACH / 2, "most heard nothing"


def check_records(stage, calls):
    """All calls have one; those of the flood may share some."""
    stage.wait_until(lambda: not stage.counter("legs"), "the end of all calls", 30)
    arrived = stage.counter("calls") + stage.counter("turned_away")
    stage.wait_until(lambda: recorded(stage) == arrived, "all records", 10)
    listed = stage.ctl.ask("cdr", "list", "--hotline=4001234567")["cdrs"]
    records = {record["caller_leg_id"]: record for record in listed}
    assert len(records) == len(listed) and records.keys() == {call.id for call in calls}, listed
    for call in calls:
        call.check(records[call.id])


def recorded(stage):
    """How many calls there are records of; to list them all takes seconds."""
    uri = (stage.home / "state" / "hotline.db").as_uri() + "?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as database:
        return database.execute("SELECT sum(calls) FROM cdr").fetchone()[0]
