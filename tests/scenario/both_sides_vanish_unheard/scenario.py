"""Both sides are gone in a talk whose audio does not come through here: half a session later they
are asked for a sign of life, and give none. Both are hung up on, the call is billed until then and
no longer, and the phone's one line is free for the next call."""

from support.clocks import Clocks
from support.talk import hang_up, talk

SESSION_S = 90
ASKED_S = SESSION_S // 2
GIVES_UP_S = 8  # on a request that nobody answers


def play(stage):
    clocks = Clocks(stage)
    desk, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open()
    _, ok = talk(caller, desk)
    caller.ask("OPTIONS", ok, 2)
    assert caller.wait_for("SIP/2.0 200"), "it has not taken the caller's ACK"
    clocks.leap(ASKED_S - 2)
    for side in (caller, desk):
        asked = side.wait_for("INVITE", seconds=5)
        assert asked and ";tag=" in asked.header("To"), f"{side.name} was not asked"
    for side in (caller, desk):
        assert side.wait_for("BYE", seconds=GIVES_UP_S + 2), f"{side.name} was not hung up on"
    stage.wait_until(lambda: not stage.counter("legs"), "the end of both legs", GIVES_UP_S + 5)
    (cdr,) = stage.ctl.cdrs()
    talked_ms = 1000 * (ASKED_S + GIVES_UP_S)
    assert talked_ms - 500 < cdr["talk_ms"] < talked_ms + 1500, cdr
    assert cdr["billable_ms"] == cdr["talk_ms"], cdr
    while desk.wait_for("", seconds=0):
        pass  # all was said again and again
    other = stage.bare_caller(call="other")
    _, ok = talk(other, desk)
    hang_up(other, desk, ok, 2)
    stage.wait_for_silence()
