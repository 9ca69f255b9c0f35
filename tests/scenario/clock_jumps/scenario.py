"""The wall clock is set an hour ahead in a talk, then two hours back: the talk is billed as long as
it was, an answer nobody confirms is repeated and a silent gateway left as if nothing had happened,
and records' ids keep the order in which calls came."""

import time

from support.clocks import Clocks
from support.udp import tag_of

HOUR_S = 3600
DUE_S = 0.5, 1.5, 3.5, 7.5  # when an answer is repeated (RFC 3261 §13.3.1.4)
LATE_S = 0.4  # on a busy machine
TOLERANCE_MS = 100


def play(stage):
    clocks = Clocks(stage)
    stage.behind("first", "second")
    first, second = stage.silent_phone("first"), stage.bare_phone("second")
    desk = stage.bare_phone("desk")
    stage.open()
    talker = stage.bare_caller(call="talker")
    ok = answered(talker, desk)
    talker.ask("ACK", ok, 1)
    assert desk.wait_for("ACK")

    def ahead():
        clocks.set_wall(HOUR_S)
        assert server_time(stage) - time.time() > HOUR_S - 60, "the server's clock was not set"

    def back():
        clocks.set_wall(-HOUR_S)
        assert server_time(stage) - time.time() < 60 - HOUR_S, "the server's clock was not set"

    mute = stage.bare_caller(call="mute")
    goes_on(stage, (mute, desk), (first, second), (ahead, back))
    left = time.time()
    talker.ask("BYE", ok, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    stage.wait_for_silence()

    clocks.set_wall(0)
    last = stage.bare_caller(call="last")
    end = answered(last, desk)
    last.ask("ACK", end, 1)
    last.ask("BYE", end, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    stage.wait_for_silence()
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 4, "four records")
    cdrs = {cdr["caller_leg_id"].partition("@")[0]: cdr for cdr in stage.ctl.cdrs()}
    ids = [cdrs[call]["id"] for call in ("talker", "mute", "waiting", "last")]
    assert ids == sorted(ids), ids
    talked_ms = 1000 * (left - ok.time)
    assert abs(cdrs["talker"]["talk_ms"] - talked_ms) < TOLERANCE_MS, (cdrs["talker"], talked_ms)
    assert cdrs["last"]["talk_ms"] < 1000, cdrs["last"]
    assert cdrs["mute"]["charge"] == "0.000"
    assert cdrs["mute"]["release"]["cause"] == "caller_lost", cdrs["mute"]


def answered(caller, phone):
    caller.say(caller.invite())
    invite = phone.wait_for("INVITE")
    phone.answer(invite, caller.call)
    return caller.wait_for("SIP/2.0 200")


def goes_on(stage, unconfirmed, gateways, jumps):
    """One answer that its caller does not confirm and one gateway that is silent, the clock set
    twice meanwhile."""
    mute, desk = unconfirmed
    first, second = gateways
    ok = answered(mute, desk)
    waiting = stage.bare_caller(call="waiting")
    waiting.dialled = "4001234568"
    waiting.say(waiting.invite())
    asked = first.wait_for("INVITE")
    assert asked
    repeated = lambda: len(mute.received("SIP/2.0 200")) - 1  # noqa: E731
    jumps[0]()
    stage.wait_until(lambda: repeated() >= 2, "two more answers", 3)
    jumps[1]()
    invite = second.wait_for("INVITE", seconds=6)
    assert invite, "the second gateway was not asked"
    waited = invite.time - asked.time
    assert 3 < waited < 4 + LATE_S, f"the second gateway was asked after {waited:.2f} s"
    second.answer(invite, "waiting")
    end = waiting.wait_for("SIP/2.0 200")
    waiting.ask("ACK", end, 1)
    waiting.ask("BYE", end, 2)
    second.reply(second.wait_for("BYE"), "200 OK")

    bye = mute.wait_for("BYE", seconds=9)
    assert bye, "the mute caller was not hung up on"
    mute.accept(bye)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    after = [m.time - ok.time for m in mute.received("SIP/2.0 200") if tag_of(m) == tag_of(ok)][1:]
    assert len(after) >= 3, after
    for due, came in zip(DUE_S, after):
        assert due - 0.1 < came < due + LATE_S, f"the answer was repeated after {after}"
    assert 7.5 < bye.time - ok.time < 9, bye.time - ok.time


def server_time(stage):
    """By the time of a ledger entry."""
    stage.ctl.recharge("acme", "0.010", f"at {time.time()}")
    return stage.ctl.ledger()[-1]["at_ms"] / 1000
