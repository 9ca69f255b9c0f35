#!/usr/bin/env python3
"""Kills a server that carries calls, again and again, and counts what became of them.

Usage: tests/chaos/chaos.py --hotlined PATH --hotlinectl PATH
       [--kills N] [--calls N] [--seed N]      (scripts/chaos builds first and says which)

Callers come at a steady rate, each talks for some time; at random instants the server is killed
(SIGKILL) and started again. In the end every caller's messages are held against the records: who
was answered has one record and no more, and was not billed for longer than it talked.
Exit: 0 nothing was lost, 1 something was.
"""

import argparse
import pathlib
import random
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parent / "scenario"
sys.path.insert(0, str(SCENARIOS))

from support.stage import Stage  # noqa: E402  (needs the path above)
from support.udp import Peer  # noqa: E402

TALK_S = 30
APART_S = 3, 9  # between the kills
TOLERANCE_MS = 50  # between sipp's clock at the socket and ours


class Kill:
    """What one kill did."""

    def __init__(self, talking, adopted, back_s):
        self.talking, self.adopted, self.back_s = talking, adopted, back_s


def answers_again(stage, peer):
    """When the server first answers an OPTIONS."""
    while True:
        peer.send(f"OPTIONS sip:{stage.server_host} SIP/2.0\n"
                  f"Via: SIP/2.0/UDP {peer.host}:{peer.port};branch=z9hG4bK{time.monotonic_ns()}\n"
                  f"From: <sip:chaos@{peer.host}>;tag=1\nTo: <sip:{stage.server_host}>\n"
                  f"Call-ID: {time.monotonic_ns()}\nCSeq: 1 OPTIONS\nMax-Forwards: 70\n"
                  "Content-Length: 0\n\n", stage.server_host)
        if peer.wait_for("SIP/2.0 200", seconds=0.02):
            return time.monotonic()


def kill(stage, peer):
    """Kills the server and starts it again."""
    talking = {call["id"] for call in stage.ctl.calls() if call["state"] == "talking"}
    stage.server.kill()
    killed = time.monotonic()
    stage.restart()
    back_s = answers_again(stage, peer) - killed
    calls = stage.ctl.calls()
    adopted = {call["id"] for call in calls if call["adopted"]}
    return Kill(len(talking), len(talking & adopted), back_s)


def play(stage, kills, calls, dice):
    """Returns: what each kill did."""
    rate = max(1, calls // TALK_S)
    stage.phone("desk", ring_ms=200)
    stage.open(balance="100000.00")
    peer = Peer(stage.carrier, 5999)
    total_s = TALK_S + kills * (sum(APART_S) / 2 + 2)
    placed_at = time.monotonic() + total_s + 2
    callers = stage.start_call("talk", calls=int(rate * total_s), rate=rate,
                               talk_ms=TALK_S * 1000)
    stage.wait_until(lambda: len(stage.ctl.calls()) > 0.9 * calls, "enough calls", TALK_S + 30)
    done = []
    for n in range(kills):
        time.sleep(dice.uniform(*APART_S))
        done.append(kill(stage, peer))
        print(f"kill {n + 1}: {done[-1].talking} talked, {done[-1].adopted} of them go on, "
              f"back after {done[-1].back_s:.2f} s", flush=True)
    # Callers whose INVITE died with a server would wait for ever.
    time.sleep(max(0, placed_at - time.monotonic()))
    stage.wait_until(lambda: not stage.ctl.calls(), "the end of all calls", TALK_S + 30)
    time.sleep(1)
    callers.kill()
    peer.finish()
    return done


class Heard:
    """What a caller's messages say of its call."""

    def __init__(self):
        self.rang = self.answered = self.ended = None


def heard_by(callers):
    """By Call-ID."""
    calls = {}
    for message in callers.messages():
        call = calls.setdefault(message.call, Heard())
        if message.status == 180 and message.method == "INVITE":
            call.rang = message.time
        elif message.status == 200 and message.method == "INVITE" and call.answered is None:
            call.answered = message.time
        elif message.method == "BYE" and not message.is_response and call.ended is None:
            call.ended = message.time
    return calls


def score(stage, kills):
    """Prints the scorecard. Returns: whether all is well."""
    heard = heard_by(stage.callers[0])
    cdrs = stage.ctl.cdrs()
    records = {}
    for cdr in cdrs:
        records.setdefault(cdr["caller_leg_id"], []).append(cdr)
    answered = {call: one for call, one in heard.items() if one.answered is not None}
    lost = [call for call in answered if call not in records]
    unheard = [call for call, one in heard.items() if one.answered is None and call not in records]
    doubled = [call for call, its in records.items() if len(its) > 1]
    over = []
    for call, one in answered.items():
        for cdr in records.get(call, []):
            talked_ms = 1000 * ((one.ended or one.answered) - one.answered)
            if cdr["talk_ms"] > talked_ms + TOLERANCE_MS:
                over.append((call, cdr["talk_ms"], talked_ms))
    crashed = sum(cdr["release"]["cause"] == "crash" and cdr["answered"] is not None
                  for cdr in cdrs)
    audit, books = stage.ctl.audit()
    reserved = stage.ctl.account("acme")["reserved"]
    talking, adopted = sum(k.talking for k in kills), sum(k.adopted for k in kills)
    back = sorted(k.back_s for k in kills)
    rows = [
        ("kills", len(kills)),
        ("calls placed, answered", f"{len(heard)}, {len(answered)}"),
        ("talked at a kill, went on", f"{talking}, {100 * adopted / max(1, talking):.2f} %"),
        ("records lost, doubled", f"{len(lost)}, {len(doubled)}"),
        ("billed for longer than was talked", len(over)),
        ("answered calls closed as crashed", crashed),
        ("gone before they were written down (never answered)", len(unheard)),
        ("reserved in the end, yuan", reserved),
        ("audit", "clean" if audit == 0 else books),
        ("back after, s (median, longest)", f"{back[len(back) // 2]:.2f}, {back[-1]:.2f}"),
    ]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:{width}}  {value}")
    for call in (*lost[:5], *over[:5]):
        print(f"see {call}")
    return (not lost and not doubled and not over and audit == 0 and float(reserved) == 0
            and adopted >= 0.99 * talking and back[-1] <= 2)


def main():
    parser = argparse.ArgumentParser(description="Kills a server that carries calls.")
    parser.add_argument("--hotlined", required=True, type=pathlib.Path)
    parser.add_argument("--hotlinectl", required=True, type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--calls", type=int, default=1000, help="live at once")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    stage = Stage(HERE, arguments.hotlined.resolve(), arguments.hotlinectl.resolve())
    try:
        kills = play(stage, arguments.kills, arguments.calls, random.Random(arguments.seed))
        well = score(stage, kills)
    except BaseException:
        print(f"everything is kept in {stage.home}")
        stage.close(keep=True)
        raise
    stage.close(keep=not well)
    if not well:
        print(f"everything is kept in {stage.home}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
