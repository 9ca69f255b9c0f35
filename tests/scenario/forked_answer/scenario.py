"""A phone that forked answers twice, from two places: the first answer has the call, the second is
confirmed and hung up on. One charge."""

from support.udp import SDP


def play(stage):
    phone = stage.bare_phone("desk")
    stage.open()
    caller = stage.start_call("talk", talk_ms=1500)
    invite = phone.wait_for("INVITE")
    phone.answer(invite, tag="first")
    assert phone.wait_for("ACK")
    phone.reply(invite, "200 OK", "second", SDP.format(host=phone.host))
    stage.wait_until(lambda: phone.received("BYE"), "the second answer's BYE")
    late = phone.wait_for("BYE")
    assert "tag=second" in late.header("To")
    phone.reply(late, "200 OK")
    bye = phone.wait_for("BYE", 5)
    assert "tag=first" in bye.header("To")
    phone.reply(bye, "200 OK")
    caller.wait(5)
