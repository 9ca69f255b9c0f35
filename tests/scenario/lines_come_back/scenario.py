"""A phone with one line, and every kind of ending: after each, the line is free for the next call.
Were one line lost, the next call would be told that all are busy. (4001234568 is the same phone
with more patience, for the one kind of ending that takes it.)"""

# how the one phone behaves, how the caller does, the caller's values
ENDINGS = [
    ("talked", "answer", {}, "talk", {}),
    ("hung_up", "hang_up", {}, "listen", {}),
    ("cancelled", "answer", {"ring_ms": 60_000}, "cancel", {}),
    ("crossed", "crossing", {}, "cancel", {}),
    ("busy", "reject", {"line": "486 Busy Here"}, "refused", {"status": 486}),
    ("declined", "reject", {"line": "603 Decline"}, "refused", {"status": 480}),
    ("broken", "reject", {"line": "500 Server Internal Error"}, "refused", {"status": 502}),
    ("unanswered", "answer", {"ring_ms": 60_000}, "refused", {"status": 480}),
    ("unrung", "trying", {}, "refused", {"status": 480}),
]


def play(stage):
    # The address stays, the sipp behind it changes.
    stage.phone("desk", "reject")
    stage.open()
    for name, behaviour, phone_values, plan, values in ENDINGS:
        stage.replace_phone("desk", behaviour, **phone_values)
        stage.call(plan, **values)
        stage.wait_for_silence()
    stage.silence_phone("desk")
    stage.call("refused", status=502, dialled="4001234568")
    stage.wait_for_silence()
    stage.replace_phone("desk", "answer")
    stage.call("talk")
