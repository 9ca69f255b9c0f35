"""What a phone sees: the caller's number or the hotline's, as the hotline has it; which 400 number
was called, always (Diversion); a withheld number, never. And nothing of the caller's network."""


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    stage.call("talk", **{"user": "13800000001", "from": '"Wang" <sip:13800000001@[local_ip]>'})
    stage.call("talk", dialled="4001234568")
    stage.call("talk", **{"user": "anonymous", "headers": "Privacy: id",
                          "from": '"Anonymous" <sip:anonymous@anonymous.invalid>'})
    by_caller, by_hotline, withheld = desk.received("INVITE")
    assert "sip:13800000001@" in by_caller.header("From"), by_caller.header("From")
    assert '"Wang"' in by_caller.header("From")
    assert "sip:4001234568@" in by_hotline.header("From"), by_hotline.header("From")
    assert "sip:anonymous@anonymous.invalid" in withheld.header("From"), withheld.header("From")
    for invite, number in ((by_caller, "4001234567"), (by_hotline, "4001234568"),
                           (withheld, "4001234567")):
        diversion = invite.header("Diversion")
        assert diversion and f"sip:{number}@" in diversion, diversion
        # The session description is passed on untouched, so its addresses are the caller's.
        head = invite.raw.partition(b"\r\n\r\n")[0].decode()
        assert stage.carrier not in head, head
        assert invite.header("Max-Forwards") == "69"
