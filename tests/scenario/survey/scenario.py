"""The phone hangs up, and the caller is asked how it was: it hears the question, presses 4, hears
the thanks and is hung up. Its mark is in the record and in the report."""

from support.rtp import Audio, place_in, seams, talk
from support.sounds import encoded, give
from support.udp import SDP_WITH_KEYS


def play(stage):
    desk = stage.bare_phone("desk")
    stage.write_config(media='mode = "relay"')
    give(stage)
    stage.open()
    caller = stage.bare_caller()
    audio, desk_audio = Audio(caller.host, 0x1111), Audio(desk.host, 0x2222)
    caller.say(caller.invite(body=SDP_WITH_KEYS.format(host=caller.host)))
    invite = desk.wait_for("INVITE")
    desk.reply(invite, "200 OK", "desk", SDP_WITH_KEYS.format(host=desk.host))
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    talk(audio, place_in(answer), desk_audio, place_in(invite), 25)
    packets = audio.packets(0.2)

    desk.hang_up(invite, "desk")
    assert desk.wait_for("SIP/2.0 200")
    asked = audio.packets(1)
    heard = b"".join(packet[12:] for packet in asked)
    assert encoded("survey").startswith(heard) and len(heard) > 6000, "not asked"
    assert caller.wait_for("BYE", seconds=0.1) is None, "hung up on"
    audio.press(place_in(answer), 4)
    thanks = audio.packets(len(encoded("survey_thanks")) / 8000 + 0.5)
    thanked = b"".join(packet[12:] for packet in thanks)
    assert encoded("survey_thanks")[:1600] in thanked, "no thanks"
    bye = caller.wait_for("BYE")
    caller.accept(bye)
    assert seams(packets + asked + thanks) <= 3
    stage.wait_for_silence()
    audio.close()
    desk_audio.close()
    report = stage.ctl.run("report", "survey", "--format", "csv", "--no-bom")[1]
    assert "phones,4001234567/desk,1,1,4.000,0,0,0,1,0" in report, report
