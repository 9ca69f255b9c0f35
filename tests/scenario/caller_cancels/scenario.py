"""The caller gives up while two phones ring: both are cancelled, nothing is charged."""


def play(stage):
    stage.phone("desk", "answer", ring_ms=60_000)
    stage.phone("li", "answer", ring_ms=60_000)
    stage.open(ring="parallel")
    caller = stage.call("cancel")
    (terminated,) = caller.received("SIP/2.0 487")
    assert terminated.start_line == "SIP/2.0 487 Request Terminated"
    for phone in stage.phones.values():
        (cancel,) = phone.received("CANCEL")
        assert cancel.header("Reason") is None
