"""A caller may call twice a minute. The third call is refused and rings no phone, kill -9 or not,
until an operator lets the caller in again."""


def play(stage):
    stage.phone("desk", "answer")
    stage.open()
    for _ in range(2):
        stage.call("talk")
        stage.wait_for_silence()
    stage.call("refused", status=603)
    stage.call("talk", user="13900000009")
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 4, "four records")
    stage.server.kill()
    stage.restart()
    stage.call("refused", status=603)
    (blocked,) = stage.ctl.ask("caller", "list")["callers"]
    assert blocked["why"] == "more than 2 calls in 60 s", blocked
    stage.ctl.ask("caller", "lift", blocked["caller"])
    stage.call("talk")
    stage.ctl.ask("caller", "block", "13900000009", "--why", "prank calls")
    stage.call("refused", status=603, user="13900000009")
    stage.wait_until(lambda: len(stage.ctl.cdrs()) == 7, "seven records")
    traces = [record["trace"] for record in stage.ctl.cdrs()]
    assert any(trace.endswith(" guard: caller is blocked") for trace in traces), traces
    assert 'hotlinectl caller block "prank calls": caller is blocked' in traces, traces
