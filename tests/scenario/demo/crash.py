#!/usr/bin/env python3
"""A hundred calls with audio; kill -9 in their midst, and a start as the service manager would:
the audio comes back, everybody hangs up, and the books are held against what callers saw.

Usage: tests/scenario/demo/crash.py --hotlined PATH --hotlinectl PATH [--calls N]
Exit: 0 every call went on with its audio, has one record, and was billed right.
"""

import math
import pathlib
import statistics
import sys
from collections import Counter
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "chaos")]

from heard import Comparison, heard_in  # noqa: E402  (needs the path above)
from playing import charged_and_taken, command_line, end, perform, show  # noqa: E402
from scene import KILLED_S, Scene, number_of, restart_s  # noqa: E402
from support.books import problems_of_books  # noqa: E402
from voices import Voices  # noqa: E402

BALANCE = "1000.00"
YUAN_A_SECOND = Decimal("0.005")  # of the package "by_second"
SETTLED_S = 2  # after the kill; then both sides of all calls have said that they are there
MOST_BACK_S, MOST_BACK_INSTRUMENTED_S = 2, 10
LEAST_HEARD = 0.9  # of what the other side says; a busy machine stands still for moments
# Who was told of the answer but once is billed from so long after it was written down.
GIVEN_S = 2
SLACK_S = 0.5  # of a busy machine, between a message and the server's clock


class Talk:
    """One call as its two sides saw it."""

    def __init__(self, seen, told_again, sides, voices, killed):
        ended = seen.ended or seen.answered
        self.talked_s = seen.talked_ms / 1000
        self.told_again = told_again  # when; None: it was told of the answer but once
        # What the server can know that it talked, and has to bill.
        self.least_s = ended - (told_again or seen.answered + GIVEN_S) - SLACK_S
        silences = [side.silence(killed) for side in sides]
        self.gaps_s = [ends - begins for begins, ends in filter(None, silences)]
        self.heard_before = min(voices.share(side, side.first(), killed) for side in sides)
        self.heard_after = min(voices.share(side, silence[1], ended) if silence else 0
                               for side, silence in zip(sides, silences))
        self.foreign = sum(side.foreign for side in sides)


def talks_of(scene, messages, voices):
    """By the caller's Call-ID."""
    numbers = {m.call: number_of(m) for m in messages if m.method == "INVITE"}
    again = {m.call: m.time for m in messages if m.method == "ACK" and m.time > scene.killed}
    return {call: Talk(seen, again.get(call), scene.pairs[numbers[call]], voices, scene.killed)
            for call, seen in heard_in(messages).items()}


def judge_audio(scene, talks):
    """Returns: rows of the table, and what is wrong."""
    resumed = [t for t in talks if len(t.gaps_s) == 2 and t.heard_after >= LEAST_HEARD]
    gaps = [gap for talk in resumed for gap in talk.gaps_s] or [math.inf]
    back_s = scene.back - scene.killed
    before, after = (min(getattr(talk, when) for talk in talks)
                     for when in ("heard_before", "heard_after"))
    rows = [
        ("back after (the first 200 to an OPTIONS)", f"{back_s:.2f} s"),
        ("audio came back both ways", len(resumed)),
        ("silence around the kill", f"{statistics.median(gaps):.2f} s median, "
                                    f"{max(gaps):.2f} s longest"),
        ("heard of the other side, before and after", f"{100 * before:.1f} %, "
                                                      f"{100 * after:.1f} % at least"),
    ]
    slow = scene.stage.server.is_instrumented()
    most_s = MOST_BACK_INSTRUMENTED_S if slow else MOST_BACK_S
    wrong = {
        f"calls without audio: {scene.calls - len(resumed)}": len(resumed) != scene.calls,
        "not everything was heard before the kill": before < LEAST_HEARD,
        "somebody heard another call": any(talk.foreign for talk in talks),
        f"back after {back_s:.2f} s": back_s > most_s,
        f"silence of {max(gaps):.2f} s": max(gaps) > most_s,
    }
    return rows, [what for what, is_so in wrong.items() if is_so]


def judge_records(scene, found, cdrs):
    """As judge_audio. `found`: what callers saw, held against the records."""
    answered = len(found.answered)
    ends = Counter(f"{cdr['release']['cause']} by {cdr['release']['by']}" for cdr in cdrs)
    rows = [
        ("calls placed, answered", f"{len(found.heard)}, {answered}"),
        ("talked at the kill, went on", f"{len(scene.pairs)}, {scene.adopted}"),
        ("records, lost, doubled", f"{len(cdrs)}, {len(found.lost)}, {len(found.doubled)}"),
        ("ended", ", ".join(f"{count} {how}" for how, count in ends.items())),
    ]
    counts = {answered, len(found.heard), len(scene.pairs), scene.adopted, len(cdrs)}
    wrong = {
        f"not everywhere {scene.calls} calls": counts != {scene.calls},
        f"calls ended as {dict(ends)}": ends.keys() != {"hung_up by caller"},
        "the records are not those of the calls": not found.is_well(),
    }
    return rows, [what for what, is_so in wrong.items() if is_so]


def judge_bills(scene, found, talks, cdrs):
    """As judge_audio."""
    billed_s = {cdr["caller_leg_id"]: cdr["billable_ms"] / 1000 for cdr in cdrs}
    rows = [("talked, billed", f"{sum(talk.talked_s for talk in talks.values()):,.1f} s, "
                               f"{sum(billed_s.values()):,.1f} s")]
    short = [call for call, talk in talks.items() if billed_s.get(call, 0) < talk.least_s]
    rows.append(("billed for too long, too short", f"{len(found.over)}, {len(short)}"))
    wrong = [f"{len(short)} calls are billed for too little, the first {short[0]}"] if short else []
    bills = {cdr["id"]: -(-cdr["billable_ms"] // 1000) * YUAN_A_SECOND for cdr in cdrs}
    wrong += [f"the charge of {cdr['id']} is {cdr['charge']}, by the tariff {bills[cdr['id']]}"
              for cdr in cdrs if Decimal(cdr["charge"]) != bills[cdr["id"]]]
    charged, taken = charged_and_taken(scene.stage.ctl)
    rows.append(("charged, by the tariff, taken from the account",
                 f"{charged}, {sum(bills.values())}, {taken} yuan"))
    return rows, wrong


def judge_account(scene):
    """As judge_audio."""
    ctl = scene.stage.ctl
    code, books = ctl.audit()
    reserved = ctl.account("acme")["reserved"]
    rows = [("reserved behind the kill, in the end", f"{scene.reserved}, {reserved} yuan"),
            ("hotlinectl audit", "clean" if code == 0 else books)]
    wrong = {
        "nothing was reserved while calls talked": Decimal(scene.reserved) == 0,
        "hotlinectl audit is not content": code != 0,
    }
    return rows, [what for what, is_so in wrong.items() if is_so] + problems_of_books(ctl)


def judge(scene, voices):
    """Prints the table. Returns what is wrong."""
    messages = scene.callers.messages()
    talks, cdrs = talks_of(scene, messages, voices), scene.stage.ctl.cdrs()
    found = Comparison(heard_in(messages),
                       ((cdr["caller_leg_id"], cdr["billable_ms"]) for cdr in cdrs))
    table, wrong = [], []
    for rows, problems in (judge_records(scene, found, cdrs),
                           judge_audio(scene, list(talks.values())),
                           judge_bills(scene, found, talks, cdrs), judge_account(scene)):
        table += rows
        wrong += problems
    width = max(len(what) for what, _ in table)
    print(*("", *(f"{what:{width}}  {one}" for what, one in table)), sep="\n")
    found.show()
    return wrong


def play(stage, calls):
    scene = Scene(stage, calls)
    stage.open(balance=BALANCE)
    print(f"hotlined listens on {stage.server_host}:5060; the carrier calls from {stage.carrier}.")
    with Voices() as voices:
        scene.place_calls(voices)
        talking = len(scene.pairs)
        print(f"{talking} calls talk, {100 * talking:,} frames a second …", flush=True)
        scene.wait_until(KILLED_S)
        print(f"kill -9, and a start {1000 * restart_s():.0f} ms later, as hotlined.service has "
              "it …", flush=True)
        scene.kill()
        scene.wait_until(KILLED_S + SETTLED_S)
        scene.look()
        print(f"{scene.adopted} calls go on; then everybody hangs up …", flush=True)
        problems = scene.hang_up()
    problems += judge(scene, voices)
    problems += show(stage, "Records", "cdr", "list", "--oldest", "--limit", "5")
    problems += show(stage, "Balances", "account", "list")
    return problems + end(stage)


def main():
    parser = command_line("Calls with audio, kill -9, and what is left of them.")
    parser.add_argument("--calls", type=int, default=100)
    arguments = parser.parse_args()
    if not 1 <= arguments.calls <= 200:
        parser.error("--calls: 1 to 200")
    return perform(HERE / "crash", arguments, lambda stage: play(stage, arguments.calls),
                   "Every call went on, and pays for no more than it talked.")


if __name__ == "__main__":
    sys.exit(main())
