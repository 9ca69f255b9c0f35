"""BYEs where they are not expected: the caller's instead of its ACK ends the call like any other;
ours, for a phone that hung up meanwhile, waits for the caller's ACK; and a CANCEL after the answer
changes nothing."""


def play(stage):
    phone = stage.bare_phone("desk")
    stage.open()
    caller, _, ok = answered(stage, phone, "first")
    caller.ask("BYE", ok, 2)
    assert caller.wait_for("SIP/2.0 200").header("CSeq") == "2 BYE"
    phone.reply(phone.wait_for("BYE"), "200 OK")
    caller.ask("ACK", ok, 1)
    stage.wait_for_silence()

    caller, invite, ok = answered(stage, phone, "second")
    phone.hang_up(invite, "second")
    assert phone.wait_for("SIP/2.0 200").header("CSeq") == "1 BYE"
    caller.say(caller.request("CANCEL", branch="secondINVITE1"))
    assert caller.wait_for("SIP/2.0 481").header("CSeq") == "1 CANCEL"
    assert not caller.wait_for("BYE", 0.3)
    caller.ask("ACK", ok, 1)
    caller.accept(caller.wait_for("BYE"))


def answered(stage, phone, name):
    """A call that the phone has answered and the caller has not confirmed."""
    caller = stage.bare_caller(call=name)
    caller.say(caller.invite())
    invite = phone.wait_for("INVITE")
    phone.answer(invite, name)
    ok = caller.wait_for("SIP/2.0 200")
    assert phone.wait_for("ACK")
    return caller, invite, ok
