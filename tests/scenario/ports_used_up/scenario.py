"""There are ports for few calls: one more is told to come back later, and finds its place once
others are over."""

from support.rtp import RelayedCall

PAIRS = 10  # two for each side of a call; eight stay free for calls that begin


def play(stage):
    stage.bare_phone("desk")
    stage.open(media=f'mode = "relay"\nrtp_ports = [20000, {20000 + 2 * PAIRS - 1}]')
    first = RelayedCall(stage)
    first.close()
    second = RelayedCall(stage)
    second.close()
    late = stage.bare_caller(call="late")
    late.say(late.invite())
    refused = late.wait_for("SIP/2.0 503")
    assert refused.header("Retry-After")
    late.say(late.request("ACK", to_tag=refused.header("To").partition(";tag=")[2],
                          branch="lateINVITE1"))
    first.hang_up()
    second.hang_up()
    stage.wait_for_silence()
    RelayedCall(stage).hang_up()
