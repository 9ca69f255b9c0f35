"""The first phone is busy, so the second is rung and answers."""


def play(stage):
    stage.phone("desk", "reject", line="486 Busy Here")
    stage.phone("li")
    stage.open()
    stage.call("talk")
