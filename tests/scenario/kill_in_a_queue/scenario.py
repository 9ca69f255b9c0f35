"""kill -9 while one caller talks to the only phone and another waits for it: both are asked whether
they are still there; the talk goes on, who waits hears its place and music again, and has the phone
once it is free. What both pay is counted on from what they had paid."""

import time

from support.rtp import Audio, hear_each_other, place_in
from support.sounds import encoded, give
from support.talk import get_answered, talk

BEATS_S = 2.5  # the server has written down that the answers are confirmed


def play(stage):
    desk = stage.bare_phone("desk")
    stage.write_config(media='mode = "relay"')
    give(stage)
    stage.open()
    first, waits = stage.bare_caller(call="first"), stage.bare_caller(call="waits")
    _, taken = talk(first, desk)
    waiting = get_answered(waits)
    audio = Audio(waits.host, 0x1111)
    audio.send(place_in(waiting), 1, 5, 0.02)
    time.sleep(BEATS_S)
    stage.server.kill()
    stage.restart()
    audio.packets(0.1)
    desk.reply(desk.wait_for("OPTIONS", seconds=5), "200 OK")
    for caller in (first, waits):
        assert caller.show_itself().start_line.startswith("OPTIONS"), "it had confirmed"
    position = encoded("queue_next")
    heard = b"".join(packet[12:] for packet in audio.packets(len(position) / 8000 + 0.5))
    assert position[:8000] in heard, "its place was not said"
    states = [(call["state"], call["adopted"]) for call in stage.ctl.calls()]
    assert sorted(states) == [("talking", True), ("waiting", True)], states
    first.ask("BYE", taken, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    invite = desk.wait_for("INVITE")
    desk.answer(invite, "second")
    assert desk.wait_for("ACK")
    desk_audio = Audio(desk.host, 0x2222)
    audio.packets(0.1)
    hear_each_other(audio, place_in(waiting), desk_audio, place_in(invite))
    waits.ask("BYE", waiting, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    audio.close()
    desk_audio.close()
