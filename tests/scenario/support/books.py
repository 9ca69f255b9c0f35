"""The books prove themselves: what must hold between records, ledger and balances, always."""

from collections import Counter
from decimal import Decimal


def problems_of_books(ctl):
    """Every sentence of the books that does not hold; empty where all is well."""
    cdrs, ledger = ctl.cdrs(), ctl.ledger()
    problems = _gaps(cdrs) + _doubles(cdrs) + _charges(cdrs, ledger)
    for listed in ctl.ask("account", "list")["accounts"]:
        account = ctl.account(listed["name"])
        entries = [e for e in ledger if e["account"] == account["name"]]
        total = sum((Decimal(e["amount"]) for e in entries), Decimal(0))
        if total != Decimal(account["balance"]):
            problems.append(f"balance of {account['name']} is {account['balance']}, "
                            f"its ledger sums to {total}")
        if Decimal(account["reserved"]) != 0:
            problems.append(f"{account['name']} has {account['reserved']} reserved, with no call")
        if any(Decimal(e["balance_after"]) < 0 for e in entries if e["kind"] == "call_charge"):
            problems.append(f"{account['name']} was overspent")
    return problems


def _gaps(cdrs):
    seqs = [cdr["seq"] for cdr in cdrs]
    return [] if seqs == list(range(1, len(seqs) + 1)) else [f"seq is not gapless: {seqs}"]


def _doubles(cdrs):
    twice = [id for id, count in Counter(cdr["id"] for cdr in cdrs).items() if count > 1]
    return [f"two records for call {id}" for id in twice]


def _charges(cdrs, ledger):
    """Each charge stands in the ledger once, and nothing else does."""
    charged = {c["id"]: -Decimal(c["charge"]) for c in cdrs if Decimal(c["charge"]) != 0}
    booked = [(e["reference"], Decimal(e["amount"])) for e in ledger if e["kind"] == "call_charge"]
    if dict(booked) == charged and len(booked) == len(charged):
        return []
    return [f"records charge {charged}, the ledger has {booked}"]
