"""The desk answers and hears what call it is, once; its caller hears the ringing until then, and is
answered after it. Both then hear each other."""

import time

from support.rtp import Audio, hear_each_other, place_in
from support.sounds import encoded, give


def play(stage):
    desk = stage.bare_phone("desk")
    stage.write_config(media='mode = "relay"')
    give(stage)
    stage.open()
    words = encoded("whisper")
    caller = stage.bare_caller()
    audio, desk_audio = Audio(caller.host, 0x1111), Audio(desk.host, 0x2222)
    caller.say(caller.invite())
    invite = desk.wait_for("INVITE")
    desk.reply(invite, "180 Ringing", "desk")
    assert caller.wait_for("SIP/2.0 183"), "no ringing of ours"
    began = time.monotonic()
    desk.answer(invite, "desk")
    assert desk.wait_for("ACK")
    heard = b"".join(packet[12:] for packet in desk_audio.packets(0.7))
    assert words.startswith(heard) and len(heard) > 4000, "the desk was not told"
    assert caller.wait_for("SIP/2.0 200", seconds=0.1) is None, "answered before the words end"
    assert len(audio.packets(0.4)) > 15, "the caller hears no ringing meanwhile"
    answer = caller.wait_for("SIP/2.0 200")
    assert time.monotonic() - began > len(words) / 8000 - 0.1, "the words were broken off"
    caller.ask("ACK", answer, 1)
    desk_audio.packets(0.1)
    audio.packets(0.1)
    hear_each_other(audio, place_in(answer), desk_audio, place_in(invite))
    caller.ask("BYE", answer, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    audio.close()
    desk_audio.close()
