"""Who answers the desk has to press 1: until then it hears the prompt, and the caller is not
answered. Nobody presses it the second time, as at a voicemail box: the next phone gets the call."""

from support.rtp import Audio, hear_each_other, place_in
from support.udp import SDP_WITH_KEYS


def play(stage):
    desk, li = stage.bare_phone("desk"), stage.bare_phone("li")
    stage.open(media='mode = "relay"\nconfirm_prompt = "tone"')
    accepted(stage, desk)
    left_alone(stage, desk, li)


def call(stage, name):
    caller = stage.bare_caller(call=name)
    caller.say(caller.invite())  # has no keys itself
    return caller


def pick_up(phone, tag):
    invite = phone.wait_for("INVITE")
    phone.reply(invite, "200 OK", tag, SDP_WITH_KEYS.format(host=phone.host))
    assert phone.wait_for("ACK"), "the answer was not confirmed"
    return invite


def accepted(stage, desk):
    caller = call(stage, "taken")
    audio, desk_audio = Audio(caller.host, 0x1111), Audio(desk.host, 0x2222)
    invite = pick_up(desk, "taken")
    desk_audio.send(place_in(invite), 2, 5, 0.02)
    assert len(desk_audio.packets(0.5)) > 15, "the desk was not told to press a key"
    desk_audio.press(place_in(invite), 7)
    assert caller.wait_for("SIP/2.0 200", seconds=0.5) is None, "answered before the key"
    desk_audio.press(place_in(invite), 1)
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    audio.packets(0.1)
    hear_each_other(audio, place_in(answer), desk_audio, place_in(invite))
    caller.ask("BYE", answer, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    audio.close()
    desk_audio.close()


def left_alone(stage, desk, li):
    caller = call(stage, "boxed")
    pick_up(desk, "boxed")
    bye = desk.wait_for("BYE", seconds=4)
    assert bye, "the box kept the call"
    desk.reply(bye, "200 OK")
    pick_up(li, "li")
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    caller.ask("BYE", answer, 2)
    li.reply(li.wait_for("BYE"), "200 OK")
