"""A server behind a NAT: both sides read the address others reach it at, in every header that names
one, their requests to it are taken, and a restart after a crash still speaks from there."""

KNOWN_HOST_NUMBER, KNOWN_PORT = 77, 5080


def play(stage):
    host = stage.block.host(KNOWN_HOST_NUMBER)
    known = f"{host}:{KNOWN_PORT}"
    bound = f"{stage.server_host}:5060"
    stage.values["server_keys"] = f'advertise = {{ "udp:{bound}" = "{known}" }}'
    desk = stage.phone("desk", "hang_up")
    stage.open()

    caller = stage.call("listen")
    ok = next(m for m in caller.received("SIP/2.0 200") if m.method == "INVITE")
    assert ok.header("Contact") == f"<sip:{known}>", ok.header("Contact")
    ack = next(m for m in caller.messages() if m.sent and m.method == "ACK")
    assert ack.start_line == f"ACK sip:{known} SIP/2.0", ack.start_line

    (invite,) = desk.received("INVITE")
    assert invite.header("Contact") == f"<sip:{known}>", invite.header("Contact")
    for header in ("From", "Diversion", "Via"):
        assert stage.server_host not in invite.header(header), invite.header(header)
    assert f"@{host}>;tag=" in invite.header("From"), invite.header("From")
    assert f"@{host}>;reason=" in invite.header("Diversion"), invite.header("Diversion")
    (bye,) = (m for m in desk.messages() if m.sent and m.method == "BYE")
    assert bye.start_line == f"BYE sip:{known} SIP/2.0", bye.start_line
    ours = (*desk.received("INVITE"), *desk.received("ACK"), *caller.received("BYE"))
    assert len(ours) == 3
    for request in ours:
        assert request.header("Via").startswith(f"SIP/2.0/UDP {known};"), request.header("Via")

    survives_a_crash(stage, f"SIP/2.0/UDP {known};")


def survives_a_crash(stage, via):
    desk = stage.replace_phone("desk")
    caller = stage.start_call("listen")
    stage.wait_until(lambda: caller.received("SIP/2.0 200"), "the call")
    stage.wait_until(lambda: desk.received("ACK"), "the phone's ACK")
    stage.server.kill()
    stage.restart()
    stage.wait_until(lambda: desk.received("OPTIONS"), "the phone is asked whether it is there")
    (call,) = stage.ctl.calls()
    stage.ctl.ask("call", "hangup", call["id"])
    caller.wait(10)
    stage.wait_until(lambda: desk.received("BYE"), "the phone's BYE")
    for ours in (*caller.received("BYE"), *desk.received("OPTIONS"), *desk.received("BYE")):
        assert ours.header("Via").startswith(via), ours.header("Via")
