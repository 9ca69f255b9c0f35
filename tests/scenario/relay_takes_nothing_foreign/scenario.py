"""Audio goes both ways through the server, and nothing else does: ten thousand packets of somebody
who does not belong to the call, sent at both of its ports, reach neither side."""

from support.rtp import Audio, RelayedCall

FOREIGN = 0x55


def play(stage):
    stage.bare_phone("desk")
    stage.open(media='mode = "relay"')
    call = RelayedCall(stage)
    call.talk()
    stranger = Audio(stage.stranger, 0x1111)
    for _ in range(200):
        stranger.send(call.caller_place, FOREIGN, 50)
        stranger.send(call.desk_place, FOREIGN, 50)
        call.talk(1)
    call.talk()
    stranger.close()
    at_desk, at_caller = call.desk_audio.heard(), call.caller_audio.heard()
    assert FOREIGN not in at_desk and FOREIGN not in at_caller
    # The first packets may come before the other side's place is known.
    assert set(at_desk) == {1} and len(at_desk) >= 245, len(at_desk)
    assert set(at_caller) == {2} and len(at_caller) >= 245, len(at_caller)
    call.hang_up()
