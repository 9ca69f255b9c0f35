"""A gateway of odd habits: it refuses for the whole world (6xx), sends the call in a circle (3xx),
says 100 and no more, rings for ever, does not hear a CANCEL, answers long after it. Each is one
attempt of the same call; no other gateway is bothered, and the caller pays for the talk alone."""

import time
from decimal import Decimal

REFUSALS = (("603 Decline", ""), ("600 Busy Everywhere", ""), ("606 Not Acceptable", ""),
            ("302 Moved Temporarily", "Contact: <sip:4001234567@{server}>\n"))
RING_S, LATE_S = 2, 0.4
GIVEN_UP_S = 9  # after the CANCEL nothing is left of an INVITE that was never answered
PER_S = Decimal("0.005")


def play(stage):
    stage.behind("first", "second")
    first, second = stage.bare_phone("first"), stage.bare_phone("second")
    li, caller = stage.bare_phone("li"), stage.bare_caller()
    stage.open()
    caller.say(caller.invite())
    for line, extra in REFUSALS:
        invite = first.wait_for("INVITE")
        first.reply(invite, line, tag="no", extra=extra.format(server=stage.server_host))
        hears(first, "ACK", invite)

    mute = first.wait_for("INVITE")
    first.reply(mute, "100 Trying")
    confirm_cancel(first, mute)

    deaf = rings_in_vain(first)
    cancelled = time.monotonic()

    late = rings_in_vain(first)
    first.answer(late, "late")
    hears(first, "ACK", late)
    first.reply(hears(first, "BYE", late), "200 OK")

    last = first.wait_for("INVITE")
    for _ in range(5):
        first.reply(last, "180 Ringing", tag="rings")
        time.sleep(0.1)
    confirm_cancel(first, last)

    invite = li.wait_for("INVITE")
    assert invite, "li was not asked"
    li.answer(invite, "li")
    ok = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", ok, 1)
    assert len(caller.received("SIP/2.0 180")) >= 1 and not caller.received("SIP/2.0 3")
    time.sleep(max(0, cancelled + GIVEN_UP_S - time.monotonic()))
    first.answer(deaf, "deaf")
    assert not first.wait_for("INVITE", seconds=0.5)
    assert [call["state"] for call in stage.ctl.calls()] == ["talking"]
    assert stage.counter("rings") == len(REFUSALS) + 5, "somebody was asked twice"
    assert not second.received("INVITE") and stage.trunk()["state"] == "up", stage.trunk()
    left = time.time()
    caller.ask("BYE", ok, 2)
    li.reply(li.wait_for("BYE"), "200 OK")
    stage.wait_for_silence()
    stage.wait_until(lambda: stage.ctl.cdrs(), "the record")
    (cdr,) = stage.ctl.cdrs()
    assert abs(cdr["talk_ms"] - 1000 * (left - ok.time)) < 100, cdr
    assert Decimal(cdr["charge"]) == PER_S * -(-cdr["billable_ms"] // 1000), cdr


def rings_in_vain(gateway):
    """It rings, and is cancelled, which it does not hear."""
    invite = gateway.wait_for("INVITE")
    gateway.reply(invite, "180 Ringing", tag="rings")
    began = time.monotonic()
    hears(gateway, "CANCEL", invite)
    assert abs(time.monotonic() - began - RING_S) < LATE_S
    return invite


def confirm_cancel(gateway, invite):
    gateway.reply(hears(gateway, "CANCEL", invite), "200 OK", tag="gone")
    gateway.reply(invite, "487 Request Terminated", tag="gone")
    hears(gateway, "ACK", invite)


def hears(gateway, method, invite):
    """The request of that call; a CANCEL that nobody answers is said again between."""
    end = time.monotonic() + RING_S + 1
    while time.monotonic() < end:
        request = gateway.wait_for(method, end - time.monotonic())
        if request and request.call == invite.call:
            return request
    raise AssertionError(f"no {method} for {invite!r}")
