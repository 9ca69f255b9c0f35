"""Two hundred calls at once on one account, billed by the second, until the money ends: not a 厘
more is spent than there was, less than a second's price is left, and no call goes on for more than
a second behind its last paid one."""

from decimal import Decimal

OPENING = Decimal("7.003")
A_SECOND = Decimal("0.005")


def play(stage):
    stage.phone("desk")
    stage.open(balance=str(OPENING))
    stage.start_call("listen", calls=200, rate=100).wait(60)
    stage.wait_for_silence(20)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 200, "two hundred records")

    cdrs = stage.ctl.cdrs()
    causes = {cdr["release"]["cause"] for cdr in cdrs}
    assert causes == {"credit_ended"}, causes
    left = Decimal(stage.ctl.account("acme")["balance"])
    assert sum(Decimal(cdr["charge"]) for cdr in cdrs) == OPENING - left
    assert Decimal(0) <= left < A_SECOND, left
    for cdr in cdrs:
        beyond = cdr["talk_ms"] - cdr["billable_ms"]
        assert 0 <= beyond <= 1000, cdr
        assert cdr["billed_s"] * 1000 == cdr["billable_ms"], cdr
