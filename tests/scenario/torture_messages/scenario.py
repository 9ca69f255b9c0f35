"""The torture messages of RFC 4475 and RFC 5118, each from a trunk's address, and the answer that
is right to each; from a stranger's address there is none to any. Again and again, and 40 s later:
the same process lives, has not grown, and takes calls."""

import time

import application
import invalid
import ipv6
import valid
from support.tcp import Stream
from support.udp import BarePhone, Peer

MESSAGES = (*valid.MESSAGES, *invalid.MESSAGES, *application.MESSAGES, *ipv6.MESSAGES)
# Where answers go: to the port the topmost Via names.
PORTS = (5060, 5050, 6050, 19823)
SILENCE_S = 0.3
TURNS = 30
TURN_S = 0.15  # so that a slow build is not so late that the phone repeats itself
MOST_GROWTH_KB = 8_000  # memory comes two megabytes at a time
TRANSACTIONS_LAST_S = 9
AFTER_ALL_S = 40


def play(stage):
    stage.phone("desk", "reject", line="486 Busy Here")
    stage.open()
    callers = [Peer(stage.carrier, port) for port in PORTS]
    stage.peers += callers
    wrong = [problem for message in MESSAGES for problem in judge(stage, callers, message)]
    assert not wrong, "\n".join(wrong)
    calls = sum(message.answer == "486" for message in MESSAGES)
    assert stage.counter("calls") == calls, (stage.counter("calls"), calls)
    meet_silence(stage)

    flood(stage, callers, 1)
    time.sleep(TRANSACTIONS_LAST_S)
    before = stage.server.resident_kb()
    flood(stage, callers, 1 + TURNS)
    stage.wait_for_silence(20)
    time.sleep(AFTER_ALL_S)
    grown = stage.server.resident_kb() - before
    assert grown < MOST_GROWTH_KB, f"{grown} kB more after another {TURNS} turns"
    stage.wait_until(lambda: stage.counter("legs") == 0, "the end of all legs")
    for caller in callers:
        caller.finish()  # the next one speaks from their port
    stage.replace_phone("desk")
    stage.call("talk", user="13800000002")


def judge(stage, callers, message):
    """Sends it, over what its topmost Via names, and says what is wrong with what comes back."""
    if message.is_for_tcp():
        callers = [Stream(stage.carrier, stage.server_host)]
        stage.peers += callers
    callers[0].send(message.raw(0), stage.server_host)
    answer = final_answer(stage, callers, message, 2 if message.answer else SILENCE_S)
    said = str(answer.status) if answer else ""
    if said != message.answer:
        yield f"{message.name}: {said or 'nothing'} instead of {message.answer or 'nothing'}"


def final_answer(stage, callers, message, seconds):
    """What was answered to it in the end, wherever; an INVITE's answer is confirmed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for caller in callers:
            answer = caller.wait_for("SIP/2.0 ", 0.01)
            if answer and answer.status >= 200 and message.name.encode() in answer.raw:
                confirm(stage, caller, message, answer)
                return answer
    return None


def confirm(stage, caller, message, answer):
    if answer.method != "INVITE":
        return
    cseq = answer.header("CSeq").split()[0]
    caller.send(
        f"ACK {message.text.split()[1]} SIP/2.0\n"
        f"Via: {answer.header('Via')}\nFrom: {answer.header('From')}\nTo: {answer.header('To')}\n"
        f"Call-ID: {answer.call}\nCSeq: {cseq} ACK\nMax-Forwards: 70\nContent-Length: 0\n\n",
        stage.server_host)


def meet_silence(stage):
    """Whatever a stranger says, he hears nothing."""
    stranger = BarePhone(stage.stranger)
    stage.peers.append(stranger)
    before = stage.counter("strangers")
    for message in MESSAGES:
        stranger.send(message.raw("stranger"), stage.server_host)
    assert not stranger.wait_for("", 1)
    assert stage.counter("strangers") == before + len(MESSAGES)


def flood(stage, callers, first):
    """The same again and again, each time as something new, and nobody confirms the answers."""
    for turn in range(first, first + TURNS):
        for message in MESSAGES:
            if message.is_for_tcp():
                stream = Stream(stage.carrier, stage.server_host)
                stream.send(message.raw(turn))
                stream.finish()
            else:
                callers[0].send(message.raw(turn), stage.server_host)
        time.sleep(TURN_S)
        for caller in callers:
            caller.messages()
