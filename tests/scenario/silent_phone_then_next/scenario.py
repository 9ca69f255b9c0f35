"""The first phone's machine is dead: not a word for its INVITE. The second rings within 4 s."""


def play(stage):
    stage.silent_phone("desk")
    li = stage.phone("li")
    stage.open()
    caller = stage.call("talk")
    waited = li.received("INVITE")[0].time - caller.messages()[0].time
    assert waited < 4.1, f"the second phone rang after {waited:.1f} s"
