"""10,000 calls held (4,000 where their audio is relayed: each takes four ports): what each of them keeps of memory, and what they cost new calls."""

import time

import machine
import servers
from report import Row, Wish, print_rows, print_table
from rig import WARM_S, say

CALLS = {"direct": 10_000, "relay": 4_000}
RATE = 1000
BESIDE_RATE = 500
# Until transactions are forgotten and what they had is given back: sofia-sip keeps some for 32 s,
# hotlined all that is free until it has not been needed for 20 s. Kamailio's take 5 s.
LINGER_S = {"hotlined": 60, "Kamailio": 10}
TALK_S = 1
TIDY_S = 6     # for starting a program and looking around


def measure(rig):
    memory, rows, wishes = [], [], []
    calls = CALLS[rig.options.media]
    for server in rig.both():
        if server.name == "hotlined":
            rows.append(Row("1 call held", server.name, [hold(rig, server, 1, True)[1]]))
        sizes, beside = hold(rig, server, calls, server.name == "hotlined")
        memory.append([server.name] + [f"{size / 1000:.1f}" for size in sizes])
        if server.name == "hotlined":
            rows.append(Row(f"{calls:,} calls held", server.name, [beside], rows[0]))
            most_kb = {"direct": 8, "relay": 32}[rig.options.media]
            wishes.append(Wish(f"{most_kb} kB resident a held call at most",
                               f"{sizes[0] / 1000:.1f} kB", sizes[0] <= 1000 * most_kb))
    print_table(f"Memory of {calls:,} held calls, once those that set them up are forgotten",
                ["server", "RSS, kB a call", "PSS, kB a call"], memory)
    print_rows(f"New calls, {BESIDE_RATE}/s, beside held ones", rows)
    return wishes


def hold(rig, server, calls, with_others):
    """Returns RSS and PSS in bytes a held call, and what calls met that came meanwhile."""
    ramp_s = calls / RATE
    linger_s = LINGER_S[server.name] if calls > 1 else 1
    meanwhile_s = linger_s + with_others * (WARM_S + rig.options.seconds + TALK_S)
    talk_s = ramp_s + meanwhile_s + TIDY_S
    with rig.running(server):
        before = machine.resident_bytes(server.pids)
        begin = time.monotonic()
        with rig.hold(server, calls, RATE, int(1000 * talk_s)) as held:
            time.sleep(ramp_s + linger_s)
            after = machine.resident_bytes(server.pids)
            say(f"{calls:,} held, {server.name}: RSS {before[0] / 1e6:.0f} → "
                f"{after[0] / 1e6:.0f} MB")
            others = with_others and rig.offer(server, servers.BESIDE, BESIDE_RATE, which=1)
            if time.monotonic() - begin > talk_s:
                raise machine.BenchFailed(f"{server.name}: held calls ended before the others, "
                                          f"of which {others.failed} failed")
            result = held.result()
    if result.failed:
        raise machine.BenchFailed(f"{server.name}: {result.failed} of {calls} held calls failed "
                                  f"({result.codes or 'no answer'})")
    return [(new - old) / calls for new, old in zip(after, before)], others
