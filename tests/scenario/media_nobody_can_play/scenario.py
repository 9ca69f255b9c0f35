"""A caller offers nothing to hear: 488 before any phone rings. A phone that refuses the offer with
488 is no busy phone: the next one is asked."""


def play(stage):
    stage.phone("desk", "reject", line="488 Not Acceptable Here")
    stage.phone("li")
    stage.open()
    carrier = stage.bare_caller()
    carrier.say(carrier.invite(body="v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n"))
    refusal = carrier.wait_for("SIP/2.0 488")
    assert refusal.start_line == "SIP/2.0 488 Not Acceptable Here"
    assert refusal.header("Reason") == 'Q.850;cause=65;text="Bearer capability not implemented"'
    stage.call("talk")
