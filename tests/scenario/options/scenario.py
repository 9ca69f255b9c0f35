"""A carrier asks whether we are there: OPTIONS, to us and to a hotline, gets 200 and what we can
do. Methods we do not have get 405, an unknown extension 420."""


def play(stage):
    stage.open()
    carrier = stage.bare_caller()
    uris = (f"sip:{stage.server_host}:5060", f"sip:4001234567@{stage.server_host}")
    for cseq, uri in enumerate(uris, 1):
        carrier.say(carrier.request("OPTIONS", cseq, uri=uri))
        answer = carrier.wait_for("SIP/2.0 200")
        assert answer and "INVITE" in answer.header("Allow"), uri
    carrier.say(carrier.request("REGISTER"))
    assert carrier.wait_for("SIP/2.0 405")
    carrier.say(carrier.invite(extra="Require: nothing-we-know\n"))
    refusal = carrier.wait_for("SIP/2.0 420")
    assert refusal and refusal.header("Unsupported") == "nothing-we-know"
