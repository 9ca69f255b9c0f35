"""Twenty phones ring at once; the thirteenth answers, nineteen hear that it did."""


def play(stage):
    others = stage.phone("others", "answer", ring_ms=60_000)
    stage.phone("quick", "answer", ring_ms=400)
    stage.open()
    stage.call("talk")
    cancels = others.received("CANCEL")
    assert len({cancel.call for cancel in cancels}) == 19
    reasons = {cancel.header("Reason") for cancel in cancels}
    assert reasons == {'SIP;cause=200;text="Call completed elsewhere"'}
