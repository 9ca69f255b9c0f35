"""Routes by region: a Shanghai caller reaches the desk, a caller from nowhere we know takes the
`otherwise`, and each record's trace says which rule it was."""


def play(stage):
    stage.phone("desk")
    stage.phone("li")
    stage.open()
    stage.call("talk", user="02160000000")
    stage.call("talk", user="12345")
    stage.call("talk", user="007")
