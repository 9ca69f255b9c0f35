"""Gateways written by name: one that cannot be resolved, which holds nobody up, and one that
can."""


def play(stage):
    phone = stage.phone_on_this_machine("desk")
    stage.open(gateways=f'"udp:nobody.invalid:5060", "udp:localhost:{phone.port}"')
    resolved = f"udp:localhost:{phone.port} (127.0.0.1)"
    stage.wait_until(lambda: resolved in _addresses(stage), "the address of localhost")
    stage.server.wait_for_log("event=name_resolved name=localhost")
    stage.server.wait_for_log("event=name_not_resolved name=nobody.invalid", 20)
    lost = stage.trunk()["gateways"][0]
    wanted = ("udp:nobody.invalid:5060", "down", "not resolved")
    assert (lost["address"], lost["state"], lost["why"]) == wanted, lost

    caller = stage.start_call("talk")
    invite = phone.wait_for("INVITE")
    assert invite.start_line == f"INVITE sip:02161234567@127.0.0.1:{phone.port} SIP/2.0"
    phone.reply(invite, "180 Ringing", "desk")
    phone.answer(invite, "desk")
    assert phone.wait_for("ACK")
    phone.reply(phone.wait_for("BYE"), "200 OK")
    caller.wait(5)


def _addresses(stage):
    return [gateway["address"] for gateway in stage.trunk()["gateways"]]
