"""A real phone, linphonec: it answers, holds the caller and takes it back, hangs up; is held, and
hung up; then it calls itself."""

from support.linphone import Linphone
from support.udp import SDP

CALLER_PORT = 5090

def play(stage):
    desk = Linphone("desk", stage.reserve("desk"), stage.home)
    stage.peers.append(desk)
    desk.start()
    stage.wait_until(desk.is_ready, "the phone's start", 10)
    stage.open()

    caller, ok = answered(stage, "first")
    desk.say("pause")
    changed(caller, "sendonly", "recvonly")
    stage.wait_until(lambda: "is now paused" in desk.log(), "the phone's knowledge of it")
    desk.say("resume")
    changed(caller, "sendrecv", "sendrecv")
    stage.wait_until(lambda: desk.log().count("streams established") == 2, "its talking again")
    desk.say("terminate")
    bye = caller.wait_for("BYE")
    assert bye
    caller.accept(bye)
    stage.wait_for_silence()

    caller, ok = answered(stage, "second")
    for cseq, says, hears in ((2, "sendonly", "recvonly"), (3, "sendrecv", "sendrecv")):
        caller.ask("INVITE", ok, cseq, body=SDP.format(host=caller.host) + f"a={says}\n")
        answer = caller.wait_for("SIP/2.0 200")
        assert direction_of(answer) == hears, answer.body
        caller.ask("ACK", ok, cseq)
    caller.ask("BYE", ok, 4)
    assert caller.wait_for("SIP/2.0 200").header("CSeq") == "4 BYE"
    stage.wait_for_silence()

    other = Linphone("13800000002", stage.carrier, stage.home, CALLER_PORT)
    stage.peers.append(other)
    other.start()
    stage.wait_until(other.is_ready, "the caller's start", 10)
    other.say(f"call sip:4001234567@{stage.server_host}")
    stage.wait_until(lambda: "streams established" in other.log(), "the answer")
    stage.wait_until(lambda: desk.log().count("streams established") == 5, "the phone's media")
    other.say("terminate")


def answered(stage, name):
    caller = stage.bare_caller(call=name)
    caller.say(caller.invite())
    ok = caller.wait_for("SIP/2.0 200", 8)
    assert ok and "m=audio" in ok.body
    caller.ask("ACK", ok, 1)
    return caller, ok


def changed(caller, says, answer):
    change = caller.wait_for("INVITE", 5)
    assert change and direction_of(change) == says, change.body
    caller.accept(change, SDP.format(host=caller.host) + f"a={answer}\n")
    assert caller.wait_for("ACK")


def direction_of(message):
    """Where no direction is named, both sides speak (RFC 8866 §6.7)."""
    named = [line[2:] for line in message.body.split("\r\n")
             if line in ("a=sendonly", "a=recvonly", "a=inactive")]
    return named[0] if named else "sendrecv"
