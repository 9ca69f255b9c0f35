"""Two gateways with weights 3 and 1: of eight calls the first takes six."""


def play(stage):
    stage.behind("first", "second", trunk="probe_s = 0\nweights = [3, 1]")
    stage.phone("first")
    stage.phone("second")
    stage.open()
    for _ in range(8):
        stage.call("talk", talk_ms=50)
        stage.wait_for_silence()
    share = [len(stage.phones[name].received("INVITE")) for name in ("first", "second")]
    assert share == [6, 2], share
