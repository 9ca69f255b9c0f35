"""A call of two peers that say only what they are told to, up and down again."""


def talk(caller, phone, extra=""):
    """A call of those two, up. Returns the phone's INVITE and the caller's 200."""
    caller.say(caller.invite(extra=extra))
    assert caller.wait_for("SIP/2.0 100")
    invite = phone.wait_for("INVITE")
    phone.answer(invite, "p")
    ok = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", ok, 1)
    assert phone.wait_for("ACK")
    return invite, ok


def get_answered(caller, **invite):
    """A caller whom the server answers by itself, and who confirms that. Returns the 200."""
    caller.say(caller.invite(**invite))
    ok = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", ok, 1)
    return ok


def hang_up(caller, phone, ok, cseq):
    caller.ask("BYE", ok, cseq)
    phone.reply(phone.wait_for("BYE"), "200 OK")
