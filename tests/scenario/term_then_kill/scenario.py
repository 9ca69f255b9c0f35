"""TERM and then kill -9, first while the server drains, then while it says goodbye: after each it
is started again, a call that talked goes on and one that was hung up on has ended, with one record
each, and new calls are taken."""

from support.talk import hang_up, talk
from support.udp import tag_of


def play(stage):
    desk, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open(drain_s=60)
    _, ok = talk(caller, desk)
    stage.server.terminate()
    stage.server.wait_for_log("drain")
    refused = stage.bare_caller(call="refused")
    refused.say(refused.invite())
    no = refused.wait_for("SIP/2.0 503")
    assert no, "the server does not drain"
    refused.say(refused.request("ACK", to_tag=tag_of(no), branch="refusedINVITE1"))
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 1, "the refused call's record")
    stage.server.kill()
    stage.restart()
    (call,) = stage.ctl.calls()
    assert call["adopted"], call
    caller.show_itself()
    desk.reply(desk.wait_for("OPTIONS", seconds=5), "200 OK")
    hang_up(caller, desk, ok, 2)
    stage.wait_for_silence()

    late = stage.bare_caller(call="late")
    talk(late, desk)
    stage.server.terminate()
    stage.wait_until(lambda: stage.server.log().count("event=draining") == 2, "the drain")
    stage.server.terminate()
    for side in (late, desk):
        assert side.wait_for("BYE"), f"{side.name} was not hung up on"
    stage.server.kill()
    stage.restart()
    stage.wait_until(lambda: is_over(stage, late, desk), "the end of both legs", 15)
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 3, "three records")
    last = stage.bare_caller(call="last")
    _, ok = talk(last, desk)
    hang_up(last, desk, ok, 2)
    stage.wait_for_silence()


def is_over(stage, late, desk):
    """Where the end was not on the disk yet, the sides are asked once more, and have gone."""
    for side, answer in ((late, late.accept), (desk, lambda m: desk.reply(m, "481 Unknown"))):
        asked = side.wait_for("OPTIONS", seconds=0) or side.wait_for("BYE", seconds=0)
        if asked:
            answer(asked)
    return not stage.counter("legs")
