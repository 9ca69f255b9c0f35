"""What else may come inside a call, each with its answer: OPTIONS, INFO with and without something
in it, MESSAGE, REFER, a method nobody knows, an extension nobody knows. And a merged INVITE, one
without a hop left, and our own INVITE sent back to us."""

from support.talk import hang_up, talk

ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO"


def play(stage):
    phone, caller = stage.bare_phone("desk"), stage.bare_caller()
    stage.open()
    invite, ok = talk(caller, phone)
    rows = (
        ("OPTIONS", "", "", "200 OK", ("Allow", ALLOW)),
        ("OPTIONS", "", "", "200 OK", ("Supported", "100rel, timer")),
        ("INFO", "", "", "200 OK", None),
        ("INFO", "Info-Package: dtmf\n", "", "469 Bad Info Package", ("Recv-Info", "")),
        ("INFO", "", "Signal=5\n", "415 Unsupported Media Type", None),
        ("MESSAGE", "", "hello\n", "405 Method Not Allowed", ("Allow", ALLOW)),
        ("REFER", "", "", "405 Method Not Allowed", ("Allow", ALLOW)),
        ("FROBNICATE", "", "", "501 Not Implemented", None),
        ("INFO", "Require: frob\n", "", "420 Bad Extension", ("Unsupported", "frob")),
    )
    for cseq, (method, extra, body, line, header) in enumerate(rows, 2):
        caller.ask(method, ok, cseq, extra, body)
        answer = caller.wait_for("SIP/2.0")
        assert answer.start_line == f"SIP/2.0 {line}", (method, answer)
        assert header is None or answer.header(header[0]) == header[1], answer.headers
    outside(stage, caller, invite)
    hang_up(caller, phone, ok, 20)


def outside(stage, caller, invite):
    other = stage.bare_caller(call="other")
    other.say(other.invite().replace("Max-Forwards: 70", "Max-Forwards: 0"))
    assert other.wait_for("SIP/2.0 483").start_line == "SIP/2.0 483 Too Many Hops"
    twice = stage.bare_caller(call="twice")
    twice.dialled = "4009999999"
    twice.say(twice.invite())
    twice.say(twice.invite().replace("branch=z9hG4bK", "branch=z9hG4bKother"))
    assert twice.wait_for("SIP/2.0 482").start_line == "SIP/2.0 482 Request merged"
    assert twice.wait_for("SIP/2.0 404")
    back = stage.bare_caller(call="back")
    text = back.invite().replace(f"back@{back.host}", invite.call)
    back.say(text.replace("tag=from-back", invite.header("From").partition(";")[2]))
    refusal = back.wait_for("SIP/2.0 482")
    assert refusal.start_line == "SIP/2.0 482 Loop Detected"
    assert refusal.header("Reason") == 'Q.850;cause=25;text="Exchange routing error"'
