"""Three real phones (baresip): the desk passes its caller on to Li, as its person types it. It is
told that Li has answered and hung up; caller and Li hear each other."""

import time

from support.baresip import Softphone

CALLER_HZ, DESK_HZ, LI_HZ = 440, 1000, 700


def play(stage):
    desk = Softphone("desk", stage.reserve("desk"), DESK_HZ, stage.home)
    li = Softphone("li", stage.reserve("li"), LI_HZ, stage.home)
    caller = Softphone("13800000001", stage.carrier, CALLER_HZ, stage.home)
    stage.peers += [desk, li, caller]
    for phone in (desk, li):
        phone.start("-s")
        stage.wait_until(lambda phone=phone: "ready" in phone.log(), f"the start of {phone.name}")
    stage.open(media='mode = "relay"')
    caller.start("-s", "-e", f"/dial sip:4001234567@{stage.server_host}:5060")
    stage.wait_until(lambda: "established" in caller.log(), "the answer")
    time.sleep(0.5)
    desk.command(f"/transfer sip:li@{stage.server_host}")
    stage.wait_until(lambda: "established" in li.log(), "Li's answer")
    time.sleep(3)
    caller.command("/hangup")
    stage.wait_for_silence()
    for phone in (desk, li, caller):
        phone.kill()
    log = desk.log()
    for line in ("REFER ", "SIP/2.0 202 Accepted", "SIP/2.0 100 Trying", "SIP/2.0 200 OK"):
        assert line in log, f"no {line} in {log}"
    assert "terminated;reason=noresource" in log, log
    assert li.heard(CALLER_HZ) > 0.9, f"Li heard only {li.heard(CALLER_HZ):.2f} of the caller"
    assert li.heard(DESK_HZ) < 0.1, "Li hears the desk"
