"""Messages made to break the server, each a trap of its SIP library: a refusal of the right class
or silence, and after a thousand rounds of them it lives, takes calls, and has not grown."""

import time

from support.udp import SDP

EATER = "v=0\no=- 1 1 IN IP4 1.1.1.1\ns=-\nc=IN IP4 1.1.1.1\nt=0 0\nm=audio 49152 TCP/Ä/MSRP\n"
CONTACTS = ("<tel:+8613800000001>", "*", "<mailto:a@b.example>", "", "<sip:>",
            "<sip:a@127.0.0.1>, <sip:c@127.0.0.1>", "<http://a.example/>")
ROUTES = ("<sip:a@127.0.0.1;lrX>", "<sip:a@127.0.0.1;lr;lrX>", "<tel:1>",
          "nonsense")
BODIES = (EATER, "v=0\n", "nonsense", "m=audio\n" * 2000, SDP.format(host="1.1.1.1") + "a=\0\n",
          "v=0\no=- 1 1 IN IP4 1\ns=-\nt=0 0\nm=audio 99999999999 RTP/AVP 8\n")

# How to make a message, and what may be said to it: "4" a refusal of that class, "" nothing.
ROWS = (
    *[(lambda c, contact=contact: c.invite(contact=contact), "4") for contact in CONTACTS],
    *[(lambda c, uri=uri: c.invite(extra=f"Record-Route: {uri}\n"), "4") for uri in ROUTES],
    *[(lambda c, body=body: c.invite(body=body), "4") for body in BODIES],
    (lambda c: c.invite(extra="X: " + "a" * 70_000 + "\n")[:60_000], "4 or nothing"),
    (lambda c: c.invite(extra="Content-Length: 4294967295\n"), "4 or nothing"),
    (lambda c: c.invite().replace("CSeq: 1 ", "CSeq: " + "9" * 2000 + " "), "4 or nothing"),
    (lambda c: c.invite().replace("SIP/2.0\n", "SIP/7.0\n", 1), "5 or nothing"),
    (lambda c: c.invite().replace("From:", "Fron:"), "4 or nothing"),
    (lambda c: c.request("BYE", cseq=2, to_tag="nobody"), "4"),
    (lambda c: c.request("CANCEL"), "4"),
    (lambda c: c.request("ACK", to_tag="nobody"), "nothing"),
    (lambda c: "\0\0\0\n\n", "nothing"),
    (lambda c: "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 127.0.0.250\n\n", "nothing"),
)
ROUNDS = 500
MOST_FLOODS = 4
TRANSACTIONS_LAST_S = 9


def play(stage):
    stage.phone("desk")
    stage.open()
    caller = stage.bare_caller()
    for number, (make, right) in enumerate(ROWS):
        caller.call = f"hostile{number}"
        caller.say(make(caller))
        answer = final_answer(caller, 0.3 if "nothing" in right else 2)
        said = str(answer.status)[0] if answer else "nothing"
        assert said in right, f"row {number}: {said} instead of {right}"
    assert does_not_grow(stage, caller)
    stage.call("talk", user="13800000002")
    stage.wait_for_silence()
    # Where the machine is slow, some of a flood are turned away unread.
    calls = [cdr for cdr in stage.ctl.cdrs() if cdr["release"]["cause"] != "overload"]
    assert [(cdr["answered_by"], cdr["charge"]) for cdr in calls] == [("desk", "0.300")], calls


def does_not_grow(stage, caller):
    """Each flood's transactions leave room for the next one's when their time is over; but more of
    one flood may come through than of those before. What leaks grows with every flood."""
    flood(caller)
    for _ in range(1, MOST_FLOODS):
        time.sleep(TRANSACTIONS_LAST_S)
        before = stage.server.resident_kb()
        flood(caller)
        grown = stage.server.resident_kb() - before
        if grown < 8000:
            return True
        print(f"{grown} kB more after another {ROUNDS} rounds")
    return False


def final_answer(caller, seconds):
    """The final answer to the call's message; an INVITE's is confirmed, so that it ends."""
    while answer := caller.wait_for("SIP/2.0 ", seconds):
        if answer.status >= 200 and caller.call in answer.call:
            return answer
    return None


def flood(caller):
    """The same again and again, faster than anybody answers."""
    for i in range(ROUNDS):
        caller.call = f"flood{i}"
        for make, _ in ROWS:
            caller.say(make(caller))
        caller.messages()
    # Calls are turned away for as long as messages wait.
    caller.call = f"drained{time.monotonic_ns()}"
    for _ in range(20):
        caller.say(caller.request("OPTIONS"))
        if caller.wait_for("SIP/2.0 200", 1):
            return
    raise AssertionError("what had come was not read")
