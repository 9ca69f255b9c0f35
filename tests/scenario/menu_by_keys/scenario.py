"""A menu answers the caller and says its words; a key leads to the next menu, one more to a group,
whose phone rings and talks: one stream without a flaw all the while. Three keys are an extension.
Who presses nothing is told why it goes no further. The caller pays from the menu's answer."""

from support.rtp import Audio, place_in, seams, talk
from support.sounds import encoded, give
from support.udp import SDP_WITH_KEYS

WORDS = encoded("menu")


def play(stage):
    desk, li = stage.bare_phone("desk"), stage.bare_phone("li")
    stage.write_config(
        media='mode = "relay"\nannouncements = { closed = "prompts/closed.wav" }')
    give(stage, "menu", "invalid_key", "closed")
    stage.open()
    two_menus_and_a_phone(stage, desk)
    an_extension(stage, li)
    nothing_pressed(stage)


def call(stage, name):
    """A caller that the menu has answered: caller, answer, audio."""
    caller = stage.bare_caller(call=name)
    audio = Audio(caller.host, 0x1111)
    caller.say(caller.invite(body=SDP_WITH_KEYS.format(host=caller.host)))
    answer = caller.wait_for("SIP/2.0 200")
    assert "telephone-event" in answer.body and "RTP/AVP 8 101" in answer.body, answer.body
    caller.ask("ACK", answer, 1)
    audio.send(place_in(answer), 1, 5, 0.02)
    return caller, answer, audio


def two_menus_and_a_phone(stage, desk):
    caller, answer, audio = call(stage, "chooses")
    packets = audio.packets(0.6)
    heard = b"".join(packet[12:] for packet in packets)
    assert WORDS.startswith(heard) and len(heard) > 3000, "not the words of the menu"
    audio.press(place_in(answer), 2)
    audio.press(place_in(answer), 1)
    invite = desk.wait_for("INVITE")
    desk.reply(invite, "180 Ringing", "desk")
    packets += audio.packets(0.4)
    desk.answer(invite, "desk")
    assert desk.wait_for("ACK")
    desk_audio = Audio(desk.host, 0x2222)
    talk(audio, place_in(answer), desk_audio, place_in(invite), 25)
    packets += audio.packets(0.2)
    assert packets[-1][12:] == bytes([2]) * 160, "the desk is not heard"
    assert desk_audio.heard(0.2)[-10:] == [1] * 10, "the caller is not heard"
    # Each of the two menus, the ringing and the desk begins where the one before was cut short.
    assert seams(packets) <= 5, seams(packets)
    caller.ask("BYE", answer, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    audio.close()
    desk_audio.close()


def an_extension(stage, li):
    caller, answer, audio = call(stage, "extension")
    for key in (8, 0, 1):
        audio.press(place_in(answer), key)
    li.answer(li.wait_for("INVITE"), "li")
    assert li.wait_for("ACK")
    caller.ask("BYE", answer, 2)
    li.reply(li.wait_for("BYE"), "200 OK")
    audio.close()


def nothing_pressed(stage):
    caller, answer, audio = call(stage, "silent")
    audio.press(place_in(answer), 2)
    words = len(WORDS) / 8000
    bye = caller.wait_for("BYE", seconds=words + 12)
    assert bye and "Q.850;cause=31" in bye.header("Reason"), bye
    caller.accept(bye)
    audio.close()
