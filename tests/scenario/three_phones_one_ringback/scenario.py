"""Three phones ring one after the other: nobody picks up the first, the second is busy, the third
answers and talks. The caller hears one stream without a seam until the third speaks."""

from support.rtp import Audio, place_in, seams, talk


def play(stage):
    stage.phone("first", "answer", ring_ms=60_000)
    stage.phone("second", "ring_reject", ring_ms=700, line="486 Busy Here")
    third = stage.bare_phone("third")
    stage.open(media='mode = "relay"\nringback = "tone"')
    caller = stage.bare_caller()
    audio = Audio(caller.host, 0x1111)
    caller.say(caller.invite())
    early = caller.wait_for("SIP/2.0 183")
    invite = third.wait_for("INVITE", seconds=6)
    third.reply(invite, "180 Ringing", "third")
    packets = audio.packets(0.7)  # those of the first and the second are waiting in the socket
    third.answer(invite, "third")
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    third_audio = Audio(third.host, 0x2222)
    talk(audio, place_in(answer), third_audio, place_in(invite), 100)
    packets += audio.packets(0.3)

    assert answer.body == early.body
    assert len(packets) > 200, len(packets)
    assert packets[-1][12:] == bytes([2]) * 160, "the phone is not heard"
    # One seam: how long it took from the ringback to the phone's first word.
    assert seams(packets) <= 1
    caller.ask("BYE", answer, 2)
    third.reply(third.wait_for("BYE"), "200 OK")
    audio.close()
    third_audio.close()
