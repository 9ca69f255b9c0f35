"""The server stands still for six seconds (SIGSTOP) and goes on: who hung up meanwhile is answered
and pays until its BYE came, though nobody read it, talks go on and pay once, a phone's answer and a
new caller are taken as if they came late, and whose money ended meanwhile has spent that and no
more."""

import time
from decimal import Decimal

from support.freeze import frozen
from support.talk import hang_up, talk

FROZEN_S = 6
TOLERANCE_MS = 100
PER_S = Decimal("0.005")
MONEY_S = 3
REPEATED_S = 0.5, 1, 2


def play(stage):
    stays, leaves, rings, comes, poor = (
        stage.bare_caller(call=name) for name in ("stays", "leaves", "rings", "comes", "poor"))
    desk = stage.bare_phone("desk")
    stage.open()
    stage.ctl.ask("account", "open", "poor")
    stage.ctl.recharge("poor", MONEY_S * PER_S, "opening-poor")
    _, stays_ok = talk(stays, desk)
    _, leaves_ok = talk(leaves, desk)
    poor.dialled = "4001234568"
    talk(poor, desk)
    rings.say(rings.invite())
    rings_invite = desk.wait_for("INVITE")
    desk.reply(rings_invite, "180 Ringing", tag="rings")
    assert rings.wait_for("SIP/2.0 180")
    with frozen(stage):
        left = time.time()
        leaves.ask("BYE", leaves_ok, 2)
        desk.answer(rings_invite, "rings")
        comes.say(comes.invite())
        for wait in REPEATED_S:  # as everybody does who hears nothing
            time.sleep(wait)
            leaves.ask("BYE", leaves_ok, 2)
            desk.answer(rings_invite, "rings")
            comes.say(comes.invite())
        time.sleep(FROZEN_S - sum(REPEATED_S))
        assert not leaves.received("SIP/2.0 200")[1:], "it was not frozen"
    assert leaves.wait_for("SIP/2.0 200"), "the BYE was not answered"
    poor.accept(poor.wait_for("BYE"))
    for _ in range(2):
        desk.reply(desk.wait_for("BYE"), "200 OK")
    rings_ok = rings.wait_for("SIP/2.0 200")
    assert rings_ok, "the phone's answer did not reach its caller"
    rings.ask("ACK", rings_ok, 1)
    new = desk.wait_for("INVITE")
    assert new, "the new caller rang nobody"
    desk.answer(new, "comes")
    comes_ok = comes.wait_for("SIP/2.0 200")
    comes.ask("ACK", comes_ok, 1)
    stage.wait_until(lambda: len({m.call for m in desk.received("ACK")}) == 5, "all ACKs")
    assert len({m.call for m in desk.received("INVITE")}) == 5, "a repeated INVITE rang again"
    assert len(stage.ctl.calls()) == 3

    ended = {"leaves": (leaves_ok, left)}
    for caller, ok in ((stays, stays_ok), (rings, rings_ok), (comes, comes_ok)):
        ended[caller.call] = ok, time.time()
        hang_up(caller, desk, ok, 2)
    stage.wait_for_silence()
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 5, "five records")
    cdrs = {cdr["caller_leg_id"].partition("@")[0]: cdr for cdr in stage.ctl.cdrs()}
    for name, (ok, at) in ended.items():
        cdr, talked_ms = cdrs[name], 1000 * (at - ok.time)
        assert cdr["talk_ms"] <= talked_ms + TOLERANCE_MS, (cdr, talked_ms)
        assert cdr["evidence"] == "bye" and cdr["billable_ms"] <= cdr["talk_ms"], cdr
        assert Decimal(cdr["charge"]) == PER_S * -(-cdr["billable_ms"] // 1000), cdr
    assert cdrs["stays"]["talk_ms"] > 1000 * FROZEN_S, cdrs["stays"]
    assert cdrs["poor"]["release"]["cause"] == "credit_ended", cdrs["poor"]
    assert cdrs["poor"]["billable_ms"] == 1000 * MONEY_S, cdrs["poor"]
    assert Decimal(cdrs["poor"]["charge"]) == MONEY_S * PER_S, cdrs["poor"]
