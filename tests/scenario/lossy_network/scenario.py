"""A network that loses, doubles and holds up datagrams, to 1, 5 and 20 of a hundred: nearly all
calls come about, each has one record, nobody pays twice or for more than was talked, and all end.
`--seed N` throws the same dice."""

import random
import time
from decimal import Decimal

from peers import Callers, Phones
from support.lossy import Network, Odds

# what is lost, calls, of them a second, and how many of a hundred must come about. A caller that
# loses all of its INVITE's repetitions is not the server's: from 20 % on anything may happen.
QUALITIES = [(0.01, 60, 8, 99), (0.05, 200, 20, 99), (0.20, 60, 8, 0)]
TALK_S = 1  # of a phone that hangs up; callers wait for it a little longer
RING_S = 0.15  # the least is 0: what was held up comes after the answer
TOLERANCE_MS = 250  # between our clock at the socket and the server's, on a busy machine
ENDS_S = 20  # twice 8 s: for an ACK, then for the answer to a BYE
PER_S = Decimal("0.005")


def play(stage):
    print(f"seed {stage.seed}")
    dice, network, qualities = random.Random(stage.seed), Network(), []
    for n, (lost, *_) in enumerate(QUALITIES):
        desk = network.wire(stage.reserve(f"desk{n}"), 5060, Odds(lost), dice)
        caller = network.wire(stage.carrier, 5070 + n, Odds(lost), dice)
        callers = Callers(network, caller, stage.server_host, f"400000000{n}", TALK_S + 0.3)
        qualities.append((callers, Phones(network, desk, dice, RING_S, TALK_S), (desk, caller)))
    stage.open()
    for (callers, *_), (_, count, per_s, _) in zip(qualities, QUALITIES):
        for i in range(count):
            network.after(i / per_s, callers.begin)
    longest = max(count / per_s for _, count, per_s, _ in QUALITIES)

    def is_over():
        begun = sum(len(callers.calls) for callers, *_ in qualities)
        return (begun == sum(count for _, count, *_ in QUALITIES)
                and all(callers.are_through() for callers, *_ in qualities))

    try:
        assert network.run(is_over, longest + 45), "some callers wait for ever"
        began = time.monotonic()
        assert network.run(lambda: not stage.counter("legs"), ENDS_S), "a leg does not end"
        print(f"all over {time.monotonic() - began:.1f} s after the last caller")
    finally:
        network.close()
    check(stage, qualities)


def check(stage, qualities):
    records = {}
    for cdr in stage.ctl.cdrs():
        assert cdr["caller_leg_id"] not in records, f"two records of {cdr['caller_leg_id']}"
        records[cdr["caller_leg_id"]] = cdr
    known = {id for callers, *_ in qualities for id in callers.calls}
    assert records.keys() <= known, records.keys() - known
    for (callers, phones, wires), (lost, count, _, wanted) in zip(qualities, QUALITIES):
        calls = callers.calls.values()
        assert len(calls) == count
        talked = [call for call in calls if call.answered is not None]
        fates = {kind: sum(wire.count[kind] for wire in wires) for kind in wires[0].count}
        print(f"{lost:.0%}: {len(talked)} of {count} answered; {fates}; phones left with an open "
              f"call: {len(phones.open())}")
        for call in calls:
            if call.answered is None or call.timed_out:
                print(f"  {call.id}: {call.status}, in vain: {call.timed_out or '-'}, "
                      f"hung up on: {call.hung_up_on}, {why(records.get(call.id))}")
        assert 100 * len(talked) >= wanted * count
        assert not wanted or not phones.open(), phones.open()
        for call in calls:
            one_call(call, records.get(call.id))
    total = sum(Decimal(cdr["charge"]) for cdr in records.values())
    balance = Decimal(stage.ctl.account("acme")["balance"])
    assert balance + total == Decimal("100.000"), (balance, total)


def one_call(call, cdr):
    """What must hold for each call, however bad its network."""
    if not call.arrived:
        assert cdr is None, f"{call.id} never arrived"
        return
    assert cdr is not None, f"{call.id} has no record"
    if call.first_200 is None:
        assert Decimal(cdr["charge"]) == 0, cdr
        return
    assert cdr["billable_ms"] <= cdr["talk_ms"], cdr
    assert Decimal(cdr["charge"]) == PER_S * -(-cdr["billable_ms"] // 1000), cdr
    left = call.first_bye or call.left
    if left is not None:
        talked_ms = 1000 * (left - call.first_200)
        assert cdr["talk_ms"] <= talked_ms + TOLERANCE_MS, (cdr, talked_ms)


def why(cdr):
    if cdr is None:
        return "no record"
    attempts = [(one["result"], one["status"]) for one in cdr["attempts"]]
    return f"{cdr['release']}, talked {cdr['talk_ms']} ms, {attempts}"
