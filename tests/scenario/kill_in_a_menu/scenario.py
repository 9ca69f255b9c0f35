"""kill -9 while a caller listens to a menu, before any phone rang: it shows that it is there, hears
the menu once more, and its key rings a phone; one record. A caller who is gone meanwhile pays for
no more than was proved."""

from support.rtp import Audio, hear_each_other, place_in
from support.talk import get_answered
from support.udp import SDP_WITH_KEYS


def play(stage):
    desk = stage.bare_phone("desk")
    stage.open(media='mode = "relay"\n\n[screening]\nmax_calls_per_caller = 2')
    caller, answer = in_the_menu(stage, "stays")
    gone, _ = in_the_menu(stage, "gone")
    audio = Audio(caller.host, 0x1111)
    audio.send(place_in(answer), 1, 5, 0.02)
    assert audio.heard()[-5:], "the menu is not heard"
    stage.server.kill()
    gone.finish()
    stage.restart()
    caller.show_itself()
    audio.send(place_in(answer), 1, 5, 0.02)
    stage.wait_until(lambda: "choosing" in states(stage), "the menu")
    audio.press(place_in(answer), 1)
    invite = desk.wait_for("INVITE")
    desk.answer(invite, "desk")
    assert desk.wait_for("ACK")
    desk_audio = Audio(desk.host, 0x2222)
    audio.packets(0.1)
    hear_each_other(audio, place_in(answer), desk_audio, place_in(invite))
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 1, "the record of who is gone", seconds=15)
    (lost,) = stage.ctl.cdrs()
    assert lost["release"]["cause"] in ("crash", "caller_lost") and lost["talk_ms"] < 5000, lost
    caller.ask("BYE", answer, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    audio.close()
    desk_audio.close()


def in_the_menu(stage, name):
    caller = stage.bare_caller(call=name)
    answer = get_answered(caller, body=SDP_WITH_KEYS.format(host=caller.host))
    stage.wait_until(lambda: states(stage)[-1:] == ["choosing"], "the menu")
    return caller, answer


def states(stage):
    return [call["state"] for call in stage.ctl.calls()]
