"""Two phones ring one after the other, the second one answers and talks: the caller hears one
stream without a seam, music first, then the phone; and is told of it in one description, early and
in the end. Phones are offered the one codec that the caller was answered with."""

from support.rtp import Audio, place_in, seams, talk


def rings(phone, tag):
    invite = phone.wait_for("INVITE")
    phone.reply(invite, "180 Ringing", tag)
    return invite


def play(stage):
    desk, li = stage.bare_phone("desk"), stage.bare_phone("li")
    stage.open(media='mode = "relay"\nringback = "tone"')
    caller = stage.bare_caller()
    audio = Audio(caller.host, 0x1111)
    caller.say(caller.invite())
    first = rings(desk, "desk")
    early = caller.wait_for("SIP/2.0 183")
    desk.reply(first, "486 Busy Here", "desk")
    second = rings(li, "li")
    packets = audio.packets(0.6)  # of two phones
    li.answer(second, "li")
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    li_audio = Audio(li.host, 0x2222)
    talk(audio, place_in(answer), li_audio, place_in(second), 25)
    packets += audio.packets(0.3)

    assert answer.body == early.body
    for invite in (first, second):
        assert "RTP/AVP 8 101\r\n" in invite.body, invite.body
    assert len(packets) > 45, len(packets)
    assert packets[-1][12:] == bytes([2]) * 160, "the phone is not heard"
    # One seam: how long it took from the music to the phone's first word.
    assert seams(packets) <= 1
    caller.ask("BYE", answer, 2)
    li.reply(li.wait_for("BYE"), "200 OK")
    audio.close()
    li_audio.close()
