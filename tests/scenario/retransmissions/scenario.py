"""A network that repeats everything: the INVITE, the phone's 200, the ACKs, both BYEs. One call,
one ring, one record; every repeated request gets its answer again, each 200 of the phone its ACK,
and our 200 is repeated until the caller confirms it."""

from support.udp import tag_of


def play(stage):
    phone = stage.bare_phone("desk")
    caller = stage.bare_caller()
    stage.open()
    twice(caller.say, caller.invite())
    invite = phone.wait_for("INVITE")
    phone.reply(invite, "180 Ringing", tag="p")
    assert caller.wait_for("SIP/2.0 180")
    twice(lambda tag: phone.answer(invite, tag), "p")
    stage.wait_until(lambda: len(phone.received("ACK")) == 2, "an ACK for each of the phone's 200s")

    stage.wait_until(lambda: len(caller.received("SIP/2.0 200")) >= 2, "a repeated 200")
    answer = caller.received("SIP/2.0 200")[0]
    twice(caller.say, caller.request("ACK", to_tag=tag_of(answer)))
    confirmed = len(caller.received("SIP/2.0 200"))

    twice(caller.say, caller.request("BYE", cseq=2, to_tag=tag_of(answer)))
    stage.wait_until(lambda: len(caller.received("SIP/2.0 200")) == confirmed + 2,
                     "an answer to each BYE")
    bye = phone.wait_for("BYE")
    twice(lambda line: phone.reply(bye, line), "200 OK")
    stage.wait_for_silence()
    assert len({m.header("CSeq") for m in phone.received("BYE")}) == 1


def twice(act, what):
    act(what)
    act(what)
