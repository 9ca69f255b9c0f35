"""Two phones answer in the same moment: exactly one is bridged, the other is confirmed and hung up
on, and the caller pays once."""


def play(stage):
    # The scenario speaks for both phones, to have both answers on the wire before any CANCEL.
    phones = [stage.bare_phone("desk"), stage.bare_phone("li")]
    stage.open(ring="parallel")
    caller = stage.start_call("listen")
    invites = [phone.wait_for("INVITE") for phone in phones]
    for phone, invite in zip(phones, invites):
        phone.answer(invite, tag=phone.name)
    for phone in phones:
        assert phone.wait_for("ACK"), f"{phone.name}'s answer was not confirmed"
    stage.wait_until(lambda: any(phone.received("BYE") for phone in phones), "the loser's BYE")
    winner, loser = sorted(phones, key=lambda phone: len(phone.received("BYE")))
    loser.reply(loser.wait_for("BYE"), "200 OK")
    if cancel := loser.wait_for("CANCEL", 0.2):
        loser.reply(cancel, "200 OK")
    assert len(caller.received("SIP/2.0 200")) == 1
    stage.wait_until(lambda: stage.ctl.calls()[0]["answered_by"] == winner.name, "the bridge")
    winner.hang_up(winner.received("INVITE")[0], tag=winner.name)
    assert winner.wait_for("SIP/2.0 200")
    caller.wait(5)
