"""Who is calling: a trusted carrier's P-Asserted-Identity beats From; one we do not trust may
assert what it likes, From counts."""

ASSERTED = {"headers": "P-Asserted-Identity: <sip:+8613911112222@carrier.invalid>"}


def play(stage):
    stage.phone("desk")
    stage.open()
    stage.call("talk", **ASSERTED)
    stage.call("talk", host=stage.block.host(3), **ASSERTED)
