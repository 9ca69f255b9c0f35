"""Money for 33 seconds: half a minute before it ends caller and phone hear a tone, once, and then
each other again. Who has more money hears none."""

from support.rtp import RelayedCall


def play(stage):
    stage.bare_phone("desk")
    stage.open(media='mode = "relay"', balance="0.165")  # 0.005 a second
    call = RelayedCall(stage)
    call.talk(50)
    assert foreign(call.caller_audio, 2) == foreign(call.desk_audio, 1) == 0, "too early"
    call.talk(150)
    for audio, other in ((call.caller_audio, 2), (call.desk_audio, 1)):
        assert 15 <= foreign(audio, other) <= 25, "no tone of 0.4 s"
    call.talk(25)
    assert foreign(call.caller_audio, 2) == foreign(call.desk_audio, 1) == 0, "again"
    call.hang_up()

    stage.ctl.recharge("acme", "1.00", "more")
    call = RelayedCall(stage)
    call.talk(200)
    assert foreign(call.caller_audio, 2) == foreign(call.desk_audio, 1) == 0, "rich"
    call.hang_up()


def foreign(audio, other):
    """How many frames of what came were not the other side's."""
    return sum(packet[12:172] != bytes([other]) * 160 for packet in audio.packets(0.2))
