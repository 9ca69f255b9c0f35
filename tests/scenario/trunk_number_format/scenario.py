"""A carrier that wants numbers as +86…, with a 9 in front of the called one."""


def play(stage):
    stage.behind("first", trunk='probe_s = 0\nnumber_format = "e164"\nnumber_prefix = "9"')
    first = stage.phone("first")
    stage.open()
    stage.call("talk", user="013800000001")
    (invite,) = first.received("INVITE")
    assert invite.start_line == f"INVITE sip:9+862161234567@{first.host}:5060 SIP/2.0"
    assert invite.header("To") == f"<sip:9+862161234567@{first.host}:5060>"
    assert f"<sip:+8613800000001@{stage.server_host}>" in invite.header("From")
    asserted = invite.header("P-Asserted-Identity")
    assert asserted == f"<sip:+8613800000001@{stage.server_host}>"
