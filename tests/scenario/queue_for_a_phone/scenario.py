"""The only phone talks: the next caller is answered, hears its place in the queue and music, and
the phone as soon as it is free, in one stream. There is room for one: another one is told busy. Who
waits next hears how long it may take."""

from support.rtp import PORT, Audio, place_in, seams, talk
from support.sounds import encoded, give
from support.udp import SDP


def play(stage):
    desk = stage.bare_phone("desk")
    stage.write_config(media='mode = "relay"')
    give(stage)
    stage.open()
    first = stage.bare_caller(call="first")
    first.say(first.invite())
    taken = desk.wait_for("INVITE")
    desk.answer(taken, "first")
    answer = first.wait_for("SIP/2.0 200")
    first.ask("ACK", answer, 1)

    waits = stage.bare_caller(call="waits")
    audio = Audio(waits.host, 0x1111)
    waits.say(waits.invite())
    waiting = waits.wait_for("SIP/2.0 200")
    waits.ask("ACK", waiting, 1)
    too_many = stage.bare_caller(call="too-many")
    too_many.say(too_many.invite())
    assert too_many.wait_for("SIP/2.0 486"), "there was room"

    position = encoded("queue_next")
    packets = audio.packets(2 * len(position) / 8000 + 2.5)
    heard = b"".join(packet[12:] for packet in packets)
    assert heard.startswith(position[:8000]), "its place was not said"
    assert encoded("default")[:4000] in heard, "no music"
    assert heard.count(position[:8000]) == 2, "its place was not said again"
    assert stage.ctl.ask("call", "list")["calls"][-1]["state"] in ("waiting", "talking")

    first.ask("BYE", answer, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    second = desk.wait_for("INVITE", seconds=2)
    assert second, "the phone is free and was not rung"
    desk.answer(second, "second")
    assert desk.wait_for("ACK")
    desk_audio = Audio(desk.host, 0x2222)
    talk(audio, place_in(waiting), desk_audio, place_in(second), 25)
    packets += audio.packets(0.2)
    assert packets[-1][12:] == bytes([2]) * 160, "the desk is not heard"
    assert seams(packets) <= 5, seams(packets)

    learned = stage.bare_caller(call="learned")
    learned_audio = Audio(learned.host, 0x3333, PORT + 2)
    there = SDP.format(host=learned.host).replace(str(PORT), str(PORT + 2))
    learned.say(learned.invite(body=there))
    told = learned.wait_for("SIP/2.0 200")
    learned.ask("ACK", told, 1)
    wait_short = encoded("wait_short")
    packets = learned_audio.packets((len(position) + len(wait_short)) / 8000 + 0.3)
    heard = b"".join(packet[12:] for packet in packets)
    assert wait_short[:8000] in heard, "how long the one before it waited was not said"
    learned.ask("BYE", told, 2)
    learned_audio.close()

    waits.ask("BYE", waiting, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    audio.close()
    desk_audio.close()
