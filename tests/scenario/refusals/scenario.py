"""Every refusal that needs no phone: its exact status line, its exact Reason, its record, and no
phone rings. One hotline for each: 40000000NN."""

# hotline, who calls, what the caller hears
ROWS = [
    ("4009999999", {}, 'SIP/2.0 404 Not Found', 'Q.850;cause=1;text="Unallocated number"'),
    ("4000000001", {"user": "13900000000"}, "SIP/2.0 603 Decline",
     'Q.850;cause=21;text="Call rejected"'),
    ("4000000002", {"user": "13900000001"}, "SIP/2.0 603 Decline",
     'Q.850;cause=21;text="Call rejected"'),
    ("4000000003", {"user": "anonymous", "from": "<sip:anonymous@anonymous.invalid>"},
     "SIP/2.0 433 Anonymity Disallowed", 'Q.850;cause=21;text="Call rejected"'),
    ("4000000004", {"user": "02081230000"}, "SIP/2.0 403 Forbidden",
     'Q.850;cause=21;text="Call rejected"'),
    ("4000000005", {}, "SIP/2.0 403 Forbidden", 'Q.850;cause=21;text="Call rejected"'),
    ("4000000006", {}, "SIP/2.0 402 Payment Required", 'Q.850;cause=21;text="Call rejected"'),
    ("4000000007", {}, "SIP/2.0 480 Temporarily Unavailable",
     'Q.850;cause=31;text="Normal, unspecified"'),
    ("4000000008", {"hops": 0}, "SIP/2.0 483 Too Many Hops",
     'Q.850;cause=25;text="Exchange routing error"'),
]


def play(stage):
    stage.phone("desk")
    stage.open()
    for account, balance in (("poor", "14.99"), ("empty", "0.299")):
        stage.ctl.ask("account", "open", account)
        stage.ctl.recharge(account, balance, f"opening-{account}")
    for hotline, who, line, reason in ROWS:
        status = int(line.split()[1])
        caller = stage.call("refused", dialled=hotline, status=status, **who)
        (refusal,) = caller.received(f"SIP/2.0 {status}")
        assert refusal.start_line == line, f"{hotline}: {refusal.start_line}"
        assert refusal.header("Reason") == reason, f"{hotline}: {refusal.header('Reason')}"
        assert refusal.header("Retry-After") is None, hotline
