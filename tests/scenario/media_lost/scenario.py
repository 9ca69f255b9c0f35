"""Both sides are gone without a word: five seconds after the last packet the server ends the call,
and bills it until that packet."""

from support.rtp import RelayedCall


def play(stage):
    stage.bare_phone("desk")
    stage.open(media='mode = "relay"\nsilence_s = 5')
    call = RelayedCall(stage)
    call.talk(50)
    call.close()
    for side in (call.caller, call.desk):
        assert side.wait_for("BYE", seconds=9), f"{side.name} was not hung up on"
    call.desk.reply(call.desk.received("BYE")[0], "200 OK")
    call.caller.accept(call.caller.received("BYE")[0])
