"""The money ends in mid-call, billed by six seconds: two units are paid for, so twelve seconds are
talked, to the last one. What is left, no unit can be bought with."""


def play(stage):
    stage.phone("desk")
    stage.open(balance="0.089")
    stage.call("listen")
