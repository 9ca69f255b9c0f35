"""The first group's phone is busy: the second group's takes the call. Then it does not answer: the
call goes to a number outside, through the trunk. Each record says why, and `explain --cdr` decides
it the same again; a draft that lacks the overflow would decide the same at first, too."""


def play(stage):
    stage.phone("outside", "answer")
    stage.behind("outside")
    stage.phone("desk", "reject", line="486 Busy Here")
    stage.phone("li", "answer")
    stage.open()
    stage.call("talk")
    stage.wait_for_silence()
    stage.replace_phone("desk", "answer", ring_ms=60_000)
    stage.call("talk", ring_ms=2000)
    stage.wait_for_silence()

    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 2, "two records")
    busy, unanswered = stage.ctl.cdrs()
    assert "group day: all phones busy" in busy["trace"], busy["trace"]
    assert "group day: nobody answered" in unanswered["trace"], unanswered["trace"]
    assert busy["decided"] == "group day"
    explained = stage.ctl.ask("explain", "--cdr", busy["id"])
    assert explained["same"], explained
    code, out, _ = stage.ctl.run("explain", "--to", "4001234567", "--from", "13900000000",
                                 "--busy", "desk")
    assert code == 0 and "ring group night" in out and out.endswith("→ group night\n"), out
    rehearsed = stage.ctl.ask("rehearse", "--since", "1h")
    assert rehearsed["results"]["same"] == 2, rehearsed
