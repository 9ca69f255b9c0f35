"""Twenty phones one after the other: nineteen are busy, the last one answers."""


def play(stage):
    stage.phone("busy", "reject", line="486 Busy Here")
    stage.phone("last")
    stage.open()
    stage.call("talk")
