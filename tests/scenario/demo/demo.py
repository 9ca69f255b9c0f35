#!/usr/bin/env python3
"""Seven calls through a server of their own, with sipp as the carrier and as the phones.

Usage: tests/scenario/demo/demo.py --hotlined PATH --hotlinectl PATH
Exit: 0 every phone that rang was the expected one and the records' charges are the ledger's.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from playing import charged_and_taken, command_line, end, perform, show  # noqa: E402
from support.books import problems_of_books  # noqa: E402  (needs the path above)

BALANCES = {"acme": "100.00", "startup": "0.015"}

# what is shown · who calls · which hotline · the caller's plan · who must ring · how it must end
CALLS = [
    ("In sequence: the front desk is busy, so li's phone rings",
     "13800000001", "4001230001", "talk", ["front", "li"], "hung_up"),
    ("In parallel: three phones ring, wang is quickest, the others stop",
     "13800000001", "4001230002", "talk", ["wang", "zhang", "zhao"], "hung_up"),
    ("Blacklisted: this caller is refused at the door",
     "13900000000", "4001230001", 603, [], "blacklisted"),
    ("By region: a caller from Shanghai reaches the Shanghai office",
     "02162340000", "4001230003", "talk", ["shanghai"], "hung_up"),
    ("By region: a caller from Guangzhou reaches headquarters",
     "02081230000", "4001230003", "talk", ["headquarters"], "hung_up"),
    ("Closed: outside the office hours nothing rings",
     "13800000001", "4001230004", 480, [], "closed"),
    ("Prepaid: 0.015 yuan buy three seconds; then both sides are hung up on",
     "13800000001", "4001230005", "listen", ["founder"], "credit_ended"),
]


def make_call(stage, number, call):
    """Makes one call and tells of it. Returns what was not as expected."""
    title, user, hotline, plan, must_ring, must_end = call
    print(f"\n{number}. {title}\n   {user} dials {hotline} …", flush=True)
    rang_before, records_before = len(stage.rang()), len(stage.ctl.cdrs())
    if isinstance(plan, int):
        caller = stage.call("refused", user=user, dialled=hotline, status=plan)
    else:
        caller = stage.call(plan, user=user, dialled=hotline, talk_ms=1500)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) > records_before, "the record")
    record = stage.ctl.cdrs()[-1]
    rang = stage.rang()[rang_before:]
    attempts = " · ".join(f"{a['phone']} {a['result']}" for a in record["attempts"])
    last = [m.start_line for m in caller.messages() if not m.sent][-1]
    print(f"   rang: {attempts or 'nobody'}")
    print(f"   ended: {record['release']['cause']} by {record['release']['by']}"
          f"{'' if attempts else f', the caller heard “{last}”'}")
    print(f"   talked {record['talk_ms'] / 1000:.1f} s, charged {record['charge']} yuan")
    problems = []
    if sorted(rang) != sorted(must_ring):
        problems.append(f"call {number}: {rang} rang instead of {must_ring}")
    if record["release"]["cause"] != must_end:
        problems.append(f"call {number}: ended as {record['release']['cause']}, not {must_end}")
    return problems


def show_books(stage):
    """Returns what does not agree."""
    problems = []
    for title, words in (("Records", ("cdr", "list", "--oldest")),
                         ("Ledger", ("ledger", "list", "--oldest")),
                         ("Balances", ("account", "list"))):
        problems += show(stage, title, *words)
    charged, taken = charged_and_taken(stage.ctl)
    print(f"\nThe records charge {charged} yuan, the ledger took {taken}.")
    return problems + problems_of_books(stage.ctl)


def play(stage):
    stage.phone("busy", "reject", line="486 Busy Here")
    stage.phone("rings", "answer", ring_ms=60_000)
    stage.phone("answers", "answer", ring_ms=500)
    stage.write_config()
    stage.server.start()
    for account, balance in BALANCES.items():
        stage.ctl.ask("account", "open", account)
        stage.ctl.recharge(account, balance, f"opening-{account}")
    print(f"hotlined listens on {stage.server_host}:5060; the carrier calls from {stage.carrier}.")
    problems = []
    for number, call in enumerate(CALLS, 1):
        problems += make_call(stage, number, call)
    stage.wait_for_silence()
    problems += show_books(stage)
    return problems + end(stage)


def main():
    arguments = command_line("Seven calls, their records and the books.").parse_args()
    return perform(HERE, arguments, play, "Every phone that rang was the expected one.")


if __name__ == "__main__":
    sys.exit(main())
