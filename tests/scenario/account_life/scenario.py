"""An account from its opening to its end: it serves calls from its first payment on, is suspended
and pays for each day of that also while no server runs, once; is reclaimed below zero, paid for
and reinstated by hand, and closed."""

import sqlite3


def play(stage):
    stage.phone("desk", "answer")
    stage.open(balance="19.99")
    stage.call("refused", status=403)
    stage.ctl.recharge("acme", "0.01", "the-rest")
    stage.call("talk")
    stage.wait_for_silence()

    by_hand(stage, "service", "recording", "--reference", "order-1")  # pays for itself
    by_hand(stage, "service", "courier", "--reference", "order-2")
    expect(stage, "11.700", "suspended")
    stage.call("refused", status=403)

    days_pass(stage, 11)  # 11.700 - 8 * 1.650 is below zero: the other three cost nothing
    expect(stage, "-1.500", "reclaimed")
    stage.server.kill()
    stage.restart()
    expect(stage, "-1.500", "reclaimed")
    stage.ctl.recharge("acme", "61.50", "second")
    expect(stage, "60.000", "reclaimed")
    stage.call("refused", status=403)

    by_hand(stage, "reinstate", "--why", "paid", "--by", "wang")
    expect(stage, "60.000", "active")
    stage.call("talk")
    stage.wait_for_silence()
    by_hand(stage, "adjust", "--amount", "-9.70", "--reference", "fix-1", "--why", "a mistake")
    stage.wait_until(lambda: stage.ctl.account("acme")["balance"] == "50.000", "the adjustment")
    by_hand(stage, "close", "--why", "moved away", "--by", "wang")
    code, _, err = stage.ctl.run("account", "recharge", "acme", "1.00", "--reference", "late")
    assert code == 1 and "account acme is closed" in err, err
    stage.call("refused", status=403)
    states = [(event["state"], event["cause"], event["by"]) for event in history(stage)]
    assert states == [
        ("open", "opened", ""), ("low", "recharge", ""), ("suspended", "service_fee", ""),
        ("reclaimed", "daily_job", ""), ("active", "reinstated", "wang"),
        ("closed", "closed", "wang"),
    ], states
    kinds = [entry["kind"] for entry in stage.ctl.ledger()]
    assert kinds.count("suspension_fee") == 8, kinds


def by_hand(stage, command, *words):
    stage.ctl.ask("account", command, "acme", *words)


def history(stage):
    return stage.ctl.ask("account", "history", "acme")["history"]


def expect(stage, balance, state):
    """Fees are taken within seconds of a start."""
    def is_so():
        account = stage.ctl.account("acme")
        return (account["balance"], account["state"]) == (balance, state)
    stage.wait_until(is_so, f"{balance} and {state}: {stage.ctl.account('acme')}")


def days_pass(stage, days):
    """As if the server had been down for so long: what it has seen to is so many days older."""
    stage.server.terminate()
    stage.server.wait()
    with sqlite3.connect(stage.home / "state" / "hotline.db") as database:
        database.execute("UPDATE account SET days_done = days_done - ?,"
                         " since_ms = since_ms - ? * 86400000", (days, days))
    stage.restart()
