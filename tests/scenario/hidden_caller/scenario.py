"""A caller that does not want to be shown: no phone sees its number, a trusted carrier is told what
its own carrier vouches for and to keep it (RFC 3325), the record has it. One that insists on
hiding its media too hears 500, for its media goes straight to the phone (RFC 3323)."""

HIDDEN = {
    "user": "anonymous", "from": '"Anonymous" <sip:anonymous@anonymous.invalid>',
    "headers": "Privacy: id;user\n      P-Asserted-Identity: <sip:+8613911112222@carrier.invalid>",
}


def play(stage):
    desk = stage.phone("desk")
    stage.open()
    stage.call("talk", **HIDDEN)
    (invite,) = desk.received("INVITE")
    assert "13911112222" not in invite.header("From"), invite.header("From")
    assert invite.header("Privacy") == "id"
    asserted = invite.header("P-Asserted-Identity")
    assert asserted == f"<sip:+8613911112222@{stage.server_host}>", asserted
    insisting = stage.bare_caller()
    insisting.say(insisting.invite(extra="Privacy: session;critical\n"))
    refusal = insisting.wait_for("SIP/2.0 500")
    assert "session privacy" in refusal.header("Warning")
