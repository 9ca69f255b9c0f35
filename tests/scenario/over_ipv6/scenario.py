"""IPv6 on both sides over UDP and over TCP, and on one side only: each leg names the address and
the transport of its own side, in Via, Contact and From."""


def play(stage):
    stage.use_v6()
    for name in ("desk", "li"):
        stage.reserve(name, v6=True)
    stage.phone("desk")
    stage.phone("li", transport="tcp")
    stage.phone("wang")
    stage.open()
    v4, v6 = f"{stage.server_host}:5060", stage.server_v6

    caller = stage.call("talk", v6=True)
    heard_by_caller(caller, f"<sip:{v6}>")
    heard_by_phone(stage.phones["desk"], f"SIP/2.0/UDP {v6};", f"<sip:{v6}>", "[::1]")

    caller = stage.call("talk", v6=True, transport="tcp", dialled="4001234568")
    heard_by_caller(caller, f"<sip:{v6};transport=tcp>")
    heard_by_phone(stage.phones["li"], f"SIP/2.0/TCP {v6};", f"<sip:{v6};transport=tcp>", "[::1]")

    caller = stage.call("talk")
    heard_by_caller(caller, f"<sip:{v4}>")
    heard_by_phone(stage.phones["desk"], f"SIP/2.0/UDP {v6};", f"<sip:{v6}>", "[::1]")

    caller = stage.call("talk", v6=True, dialled="4001234569")
    heard_by_caller(caller, f"<sip:{v6}>")
    usual = f"SIP/2.0/UDP {stage.server_host};"
    heard_by_phone(stage.phones["wang"], usual, f"<sip:{v4}>", stage.server_host)

    caller = stage.call("talk", transport="tcp")
    heard_by_caller(caller, f"<sip:{v4};transport=tcp>")
    heard_by_phone(stage.phones["desk"], f"SIP/2.0/UDP {v6};", f"<sip:{v6}>", "[::1]")


def heard_by_caller(caller, contact):
    ok = next(m for m in caller.received("SIP/2.0 200") if m.method == "INVITE")
    assert ok.header("Contact") == contact, ok.header("Contact")


def heard_by_phone(phone, via, contact, host):
    """What the phone's latest call said of us, to the end of it."""
    invite = phone.received("INVITE")[-1]
    assert invite.header("Contact") == contact, invite.header("Contact")
    assert f"@{host}>;tag=" in invite.header("From"), invite.header("From")
    for what in ("INVITE", "ACK", "BYE"):
        request = [m for m in phone.received(what) if m.call == invite.call][-1]
        assert request.header("Via").startswith(via), request.header("Via")
