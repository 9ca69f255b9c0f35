"""A reload takes the new rules whole or not at all: a broken file changes nothing and is told with
its place, in the status too, until a good one comes; a good one says what it changed and counts for
the next call, and the call that is up keeps the price it began with."""


def play(stage):
    stage.phone("desk")
    stage.phone("li")
    stage.open()
    file = "hotlines/4001234567.toml"
    good = (stage.config / file).read_text(encoding="utf-8")
    (stage.config / file).write_text(good.replace('to = "group:all"', 'to = "group:nobody"'))
    stage.server.reload()
    stage.server.wait_for_log("4001234567.toml:")
    stage.call("talk")
    refused = stage.ctl.ask("status")["refused_reload"]
    assert refused["by"] == "signal" and refused["errors"] == 1, refused
    assert "4001234567.toml:" in refused["first"], refused

    code, out, err = stage.ctl.run("reload")
    assert code == 1 and "4001234567.toml:" in out + err, (code, out, err)
    code, out, err = stage.ctl.run("check")
    assert code == 1 and "nobody" in out + err, (code, out, err)
    _, out, _ = stage.ctl.run("status")
    assert "refused reload  20" in out and ": 1 error, first hotlines/" in out, out

    long_call = stage.start_call("talk", talk_ms=4000)
    stage.wait_until(lambda: long_call.received("SIP/2.0 200"), "the answer")
    better = good.replace('phones = ["desk", "li"]', 'phones = ["li", "desk"]')
    (stage.config / file).write_text(better.replace('"minute"', '"second"'))
    words = ("1 hotline changed, 1 group changed: hotline 4001234567 changed (package), "
             "group all of 4001234567 changed (phones)")
    code, out, err = stage.ctl.run("reload", "--dry-run")
    assert code == 0 and f"it would change: {words}\n" in out, (code, out, err)
    assert stage.ctl.ask("status")["refused_reload"], "a dry run changes nothing"
    assert stage.ctl.ask("status")["snapshot"]["version"] == 1
    code, out, err = stage.ctl.run("reload")
    assert code == 0 and f"version 2\n{words}\n" in out, (out, err)
    stage.server.wait_for_log(words)
    status = stage.ctl.ask("status")
    assert status["refused_reload"] is None and status["snapshot"]["version"] == 2, status
    stage.call("talk", talk_ms=500)
    long_call.wait(10)

    platform = (stage.config / "hotline.toml").read_text(encoding="utf-8")
    (stage.config / "hotline.toml").write_text(platform.replace("drain_s = 2", "drain_s = 3"))
    code, out, err = stage.ctl.run("reload")
    assert code == 0 and "[server] drain_s changed: takes effect at a restart\n" in out, (out, err)
