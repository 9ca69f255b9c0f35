"""A recharge during a call carries it on: money for two seconds, three more arrive after one."""


def play(stage):
    stage.phone("desk")
    stage.open(balance="0.010")
    caller = stage.start_call("listen")
    stage.wait_until(lambda: caller.received("SIP/2.0 200"), "the answer")
    stage.ctl.recharge("acme", "0.015", "top-up")
    stage.ctl.recharge("acme", "0.015", "top-up")  # the same payment, told twice
    caller.wait(10)
