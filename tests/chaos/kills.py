"""A server that carries calls is killed again and again and started each time; in the end what
callers saw is held against the records."""

import os
import random
import resource
import signal
import time
from collections import Counter

from dice import seeded
from heard import Comparison, heard_in
from support.udp import Peer

SIGNALS = {"KILL": signal.SIGKILL, "ABRT": signal.SIGABRT, "SEGV": signal.SIGSEGV}
TALK_S = 30
APART_S = 3, 9  # between the kills
MOST_BACK_S = 2
LEAST_ADOPTED = 0.99


class Kill:
    """What one kill did."""

    def __init__(self, word, talking, adopted, back_s):
        self.word, self.talking, self.adopted, self.back_s = word, talking, adopted, back_s


def play(stage, kills, calls, signals):
    """Returns: what each kill did."""
    dice, which = random.Random(stage.seed), seeded(stage.seed, "signals")
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
        done.append(_kill(stage, peer, which.choice(signals)))
        print(f"kill {n + 1} ({done[-1].word}): {done[-1].talking} talked, {done[-1].adopted} of "
              f"them go on, back after {done[-1].back_s:.2f} s", flush=True)
    # Callers whose INVITE died with a server would wait for ever.
    time.sleep(max(0, placed_at - time.monotonic()))
    stage.wait_until(lambda: not stage.ctl.calls(), "the end of all calls", TALK_S + 30)
    time.sleep(1)
    callers.kill()
    peer.finish()
    return done


def score(stage, kills):
    """Returns: the rows of its table, and whether all is well."""
    cdrs = stage.ctl.cdrs()
    found = Comparison(heard_in(stage.callers[0].messages()),
                       ((cdr["caller_leg_id"], cdr["billable_ms"]) for cdr in cdrs))
    found.show()
    crashed = sum(cdr["release"]["cause"] == "crash" and cdr["answered"] is not None
                  for cdr in cdrs)
    audit, books = stage.ctl.audit()
    reserved = stage.ctl.account("acme")["reserved"]
    talking, adopted = sum(k.talking for k in kills), sum(k.adopted for k in kills)
    back = sorted(k.back_s for k in kills)
    words = ", ".join(f"{word} {n}" for word, n in Counter(k.word for k in kills).items())
    rows = [
        ("kills", f"{len(kills)} ({words})"),
        ("calls placed, answered", f"{len(found.heard):,}, {len(found.answered):,}"),
        ("talked at a kill, went on", f"{talking:,}, {100 * adopted / max(1, talking):.2f} %"),
        ("records lost, doubled", f"{len(found.lost)}, {len(found.doubled)}"),
        ("billed for longer than was talked", len(found.over)),
        ("answered calls closed as crashed", crashed),
        ("gone before they were written down, never answered", len(found.unheard)),
        ("reserved in the end", f"{reserved} yuan"),
        ("`hotlinectl audit`", "clean" if audit == 0 else books),
        ("back after (the first 200 to an OPTIONS)",
         f"{back[len(back) // 2]:.2f} s median, {back[-1]:.2f} s longest"),
    ]
    return rows, (found.is_well() and audit == 0 and float(reserved) == 0
                  and adopted >= LEAST_ADOPTED * talking and back[-1] <= MOST_BACK_S)


def _kill(stage, peer, word):
    """Ends the server by that signal and starts it again."""
    talking = {call["id"] for call in stage.ctl.calls() if call["state"] == "talking"}
    # Its memory in a file would cost the time that is measured.
    resource.prlimit(stage.server.pid, resource.RLIMIT_CORE, (0, 0))
    os.kill(stage.server.pid, SIGNALS[word])
    ended = stage.server.wait()
    assert ended == -SIGNALS[word], f"SIG{word} made it end with {ended}"
    killed = time.monotonic()
    stage.restart()
    back_s = _answers_again(stage, peer) - killed
    adopted = {call["id"] for call in stage.ctl.calls() if call["adopted"]}
    return Kill(word, len(talking), len(talking & adopted), back_s)


def _answers_again(stage, peer):
    """When the server first answers an OPTIONS."""
    while True:
        peer.send(f"OPTIONS sip:{stage.server_host} SIP/2.0\n"
                  f"Via: SIP/2.0/UDP {peer.host}:{peer.port};branch=z9hG4bK{time.monotonic_ns()}\n"
                  f"From: <sip:chaos@{peer.host}>;tag=1\nTo: <sip:{stage.server_host}>\n"
                  f"Call-ID: {time.monotonic_ns()}\nCSeq: 1 OPTIONS\nMax-Forwards: 70\n"
                  "Content-Length: 0\n\n", stage.server_host)
        if peer.wait_for("SIP/2.0 200", seconds=0.02):
            return time.monotonic()
