"""Two real phones (baresip) whose audio goes through the server: each hears the other, and neither
is told where the other one is."""

from support.baresip import Softphone

CALLER_HZ, DESK_HZ = 440, 1000


def play(stage):
    desk = Softphone("desk", stage.reserve("desk"), DESK_HZ, stage.home)
    caller = Softphone("13800000001", stage.carrier, CALLER_HZ, stage.home)
    stage.peers += [desk, caller]
    desk.start("-s")
    stage.wait_until(lambda: "ready" in desk.log(), "the desk's start")
    stage.open(media='mode = "relay"')
    caller.start("-s", "-e", f"/dial sip:4001234567@{stage.server_host}:5060", "-t", "5")
    stage.wait_until(lambda: "established" in caller.log(), "the answer")
    caller.wait(15)
    stage.wait_for_silence()
    desk.kill()
    for phone, other, hears, not_hears in ((desk, caller, CALLER_HZ, DESK_HZ),
                                           (caller, desk, DESK_HZ, CALLER_HZ)):
        assert phone.heard(hears) > 0.9, f"{phone.name} heard only {phone.heard(hears):.2f} of it"
        assert phone.heard(not_hears) < 0.1, f"{phone.name} heard itself"
        assert f"c=IN IP4 {stage.server_host}" in phone.log(), phone.log()
        assert f"c=IN IP4 {other.host}" not in phone.log(), f"{phone.name} knows the other"
