"""kill -9 while a caller talks to the phone that it was passed on to: the call goes on with that
phone, may be passed on again, and the caller pays from the first answer on; one record."""

import time


def play(stage):
    desk, li = stage.bare_phone("desk"), stage.bare_phone("li")
    stage.open(media='mode = "relay"')
    caller = stage.bare_caller()
    caller.say(caller.invite())
    invite = desk.wait_for("INVITE")
    desk.answer(invite, "desk")
    assert desk.wait_for("ACK")
    answer = caller.wait_for("SIP/2.0 200")
    caller.ask("ACK", answer, 1)
    answered = time.monotonic()
    time.sleep(1)
    desk.say("REFER", invite, "desk", extra="Refer-To: <sip:li@x.invalid>\nRefer-Sub: false\n")
    second = li.wait_for("INVITE")
    li.answer(second, "li")
    assert li.wait_for("ACK")
    desk.reply(desk.wait_for("BYE"), "200 OK")
    time.sleep(2.2)  # heartbeats
    stage.server.kill()
    stage.restart()
    caller.accept(caller.wait_for("OPTIONS", seconds=5))
    li.reply(li.wait_for("OPTIONS", seconds=5), "200 OK")
    (call,) = stage.ctl.calls()
    assert call["adopted"] and call["state"] == "talking", call
    assert desk.wait_for("OPTIONS", seconds=0.2) is None, "the desk has left"
    # Back to the desk.
    li.say("REFER", second, "li", extra="Refer-To: <sip:desk@x.invalid>\nRefer-Sub: false\n")
    third = desk.wait_for("INVITE")
    desk.answer(third, "desk2")
    assert desk.wait_for("ACK")
    li.reply(li.wait_for("BYE"), "200 OK")
    caller.ask("BYE", answer, 2)
    desk.reply(desk.wait_for("BYE"), "200 OK")
    talked_ms = 1000 * (time.monotonic() - answered)
    stage.wait_until(lambda: stage.ctl.cdrs(), "the record")
    (cdr,) = stage.ctl.cdrs()
    assert talked_ms - 2500 < cdr["talk_ms"] <= talked_ms + 100, (cdr, talked_ms)
    assert [one["phone"] for one in cdr["attempts"]] == ["desk", "li", "desk"], cdr
    assert cdr["bridged"] and cdr["release"]["cause"] == "hung_up", cdr
