"""The desk takes a call by a key that it says in an INFO, in either of the two bodies that phones
use; another key, or a body that is none, does not take it. Its description knows of no keys in the
audio."""

from support.rtp import place_in

RELAYED, BARE = "application/dtmf-relay", "application/dtmf"


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open(media='mode = "relay"\nconfirm_prompt = "tone"')
    take(stage, desk, "relayed", [
        (RELAYED, "Signal= 7\nDuration= 160\n", "SIP/2.0 200"),
        (RELAYED, "Signal=16\nDuration=160\n", "SIP/2.0 400"),
        ("application/x-keys", "1", "SIP/2.0 415"),
    ], (RELAYED, "Signal=1\nDuration=160\n"))
    take(stage, desk, "bare", [(BARE, "11", "SIP/2.0 400")], (BARE, "1"))


def take(stage, desk, name, in_vain, taking):
    caller = stage.bare_caller(call=name)
    caller.say(caller.invite())
    invite = desk.wait_for("INVITE")
    desk.answer(invite, name)
    assert desk.wait_for("ACK"), "the answer was not confirmed"
    for cseq, (body_type, body, status) in enumerate(in_vain, 1):
        assert press(desk, invite, name, cseq, body_type, body, status), body
    assert caller.wait_for("SIP/2.0 200", seconds=0.5) is None, "answered before the key"
    assert press(desk, invite, name, len(in_vain) + 1, *taking, "SIP/2.0 200")
    answer = caller.wait_for("SIP/2.0 200")
    assert place_in(answer)
    caller.ask("ACK", answer, 1)
    caller.ask("BYE", answer, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")


def press(phone, invite, tag, cseq, body_type, body, status):
    """Says a key so; the answer, where it is that one."""
    phone.say("INFO", invite, tag, cseq, body=body, body_type=body_type)
    return phone.wait_for(status)
