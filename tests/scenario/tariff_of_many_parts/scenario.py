"""A set-up fee, a free second, and a price that doubles after three seconds, on 0.090 yuan: that
pays 0.050, two seconds at 0.005, one more, and two at 0.010; the next is more than what is left.
Priced again by the same package, the record costs the same."""


def play(stage):
    stage.phone("desk")
    stage.open(balance="0.090")
    stage.call("listen")
    stage.wait_until(stage.ctl.cdrs, "the record")
    priced = stage.ctl.ask("rate", "--package", "many_parts", "--since", "2026-01-01")
    assert priced["calls"] == 1
    assert priced["before"] == priced["after"] == "0.085", priced
    alone = stage.ctl.ask("rate", "--package", "many_parts", "--talk", "6")
    assert (alone["rate"], alone["charge"]) == ("always", "0.085"), alone
